// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.Device;
import dev.billion.schemas.EventType;

/**
 * The web shop whose events are emitted: what there is, and how popular. Strings are encoded and
 * prices boxed from the start, so that an event only points at them.
 */
final class Shop {

  record Region(Text name, Text currency) {}

  record Category(Text name, Weighted<Text> pages) {}

  private static final int PAGES_PER_CATEGORY = 16;
  private static final int PRICES = 1024;

  final Weighted<EventType> types =
      Weighted.<EventType>builder()
          .add(520, EventType.VIEW)
          .add(210, EventType.CLICK)
          .add(130, EventType.SCROLL)
          .add(60, EventType.SEARCH)
          .add(40, EventType.ADD_TO_CART)
          .add(10, EventType.REMOVE_FROM_CART)
          .add(12, EventType.CHECKOUT)
          .add(18, EventType.PURCHASE)
          .build();

  final Weighted<Device> devices =
      Weighted.<Device>builder()
          .add(61, Device.MOBILE)
          .add(32, Device.DESKTOP)
          .add(6, Device.TABLET)
          .add(1, Device.TV)
          .build();

  final Weighted<Region> regions =
      Weighted.<Region>builder()
          .add(28, region("us-east", "USD"))
          .add(16, region("us-west", "USD"))
          .add(17, region("eu-central", "EUR"))
          .add(12, region("eu-west", "EUR"))
          .add(4, region("uk-south", "GBP"))
          .add(9, region("ap-south", "INR"))
          .add(7, region("ap-northeast", "JPY"))
          .add(5, region("sa-east", "BRL"))
          .add(2, region("af-south", "ZAR"))
          .build();

  final Weighted<Category> categories =
      Weighted.<Category>builder()
          .add(24, category("electronics"))
          .add(20, category("fashion"))
          .add(14, category("home-garden"))
          .add(11, category("beauty"))
          .add(9, category("sports"))
          .add(8, category("toys"))
          .add(6, category("books"))
          .add(5, category("grocery"))
          .add(3, category("automotive"))
          .build();

  /** Null where a visit's origin is not known. */
  final Weighted<Text> referrers =
      Weighted.<Text>builder()
          .add(46, null)
          .add(24, Text.of("https://search.example"))
          .add(14, Text.of("https://social.example"))
          .add(9, Text.of("newsletter"))
          .add(7, Text.of("https://partner.example"))
          .build();

  /** Null where an app does not tell. */
  final Weighted<Text> appVersions =
      Weighted.<Text>builder()
          .add(55, Text.of("5.2.0"))
          .add(25, Text.of("5.1.3"))
          .add(12, Text.of("4.19.8"))
          .add(8, null)
          .build();

  private final Long[] prices = prices();

  /** A price in 1/100 of the currency, drawn by ten bits of {@code random}. */
  Long price(long random) {
    return prices[(int) random & (PRICES - 1)];
  }

  private static Region region(String name, String currency) {
    return new Region(Text.of(name), Text.of(currency));
  }

  private static Category category(String name) {
    Weighted.Builder<Text> pages = Weighted.builder();
    for (int page = 1; page <= PAGES_PER_CATEGORY; page++) {
      pages.add(
          PAGES_PER_CATEGORY / page + 1, Text.of("/" + name + "/products/" + (1000 + page * 37)));
    }
    return new Category(Text.of(name), pages.build());
  }

  /** From 0.99 to about 1,000, the cheap ones far more often. */
  private static Long[] prices() {
    Long[] prices = new Long[PRICES];
    for (int i = 0; i < PRICES; i++) {
      double share = (double) i / PRICES;
      prices[i] = 99 + 100 * Math.round(1000 * share * share * share * share);
    }
    return prices;
  }
}
