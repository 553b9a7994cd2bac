// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what a fabric8 model has kept as it does not know it. */
final class Unknown {

  private static final String KEPT = "getAdditionalProperties";

  private final List<String> found = new ArrayList<>();

  private Unknown() {}

  /** The paths of the fields that a model does not know. */
  static List<String> fields(Object model) {
    Unknown unknown = new Unknown();
    unknown.walk(model, "");
    return unknown.found;
  }

  private void walk(Object value, String path) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> walk(element, path + "/" + key));
    } else if (value instanceof Collection<?> elements) {
      elements.forEach(element -> walk(element, path));
    } else if (value != null && isModel(value.getClass())) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getName().equals(KEPT)) {
          ((Map<?, ?>) get(value, method)).keySet().forEach(key -> found.add(path + "/" + key));
        } else if (isGetter(method)) {
          walk(get(value, method), path + "/" + method.getName().substring(3));
        }
      }
    }
  }

  private static boolean isModel(Class<?> type) {
    return !type.isEnum()
        && (type.getName().startsWith("io.strimzi.") || type.getName().startsWith("io.fabric8."));
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getParameterCount() == 0
        && !method.getReturnType().isPrimitive()
        && !method.getName().equals("getClass");
  }

  private static Object get(Object bean, Method getter) {
    try {
      return getter.invoke(bean);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot call " + getter, e);
    }
  }
}
