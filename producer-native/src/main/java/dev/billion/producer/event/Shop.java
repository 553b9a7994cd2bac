// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.Device;
import dev.billion.schemas.EventType;
import org.apache.avro.util.Utf8;

/**
 * The web shop whose events are emitted: what there is, and how popular. Strings are UTF-8 and
 * prices boxed from the start, so that an event only points at them.
 */
final class Shop {

  record Region(Utf8 name, Utf8 currency) {}

  record Category(Utf8 name, Weighted<Utf8> pages) {}

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
  final Weighted<Utf8> referrers =
      Weighted.<Utf8>builder()
          .add(46, null)
          .add(24, new Utf8("https://search.example"))
          .add(14, new Utf8("https://social.example"))
          .add(9, new Utf8("newsletter"))
          .add(7, new Utf8("https://partner.example"))
          .build();

  private final Long[] prices = prices();

  /** A price in 1/100 of the currency, drawn by ten bits of {@code random}. */
  Long price(long random) {
    return prices[(int) random & (PRICES - 1)];
  }

  private static Region region(String name, String currency) {
    return new Region(new Utf8(name), new Utf8(currency));
  }

  private static Category category(String name) {
    Weighted.Builder<Utf8> pages = Weighted.builder();
    for (int page = 1; page <= PAGES_PER_CATEGORY; page++) {
      pages.add(
          PAGES_PER_CATEGORY / page + 1, new Utf8("/" + name + "/products/" + (1000 + page * 37)));
    }
    return new Category(new Utf8(name), pages.build());
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
