/**
 * What one connection may take. Caddy has limits of its own before these; they hold where it is missing too, and for
 * a webhook whose body never ends.
 */
export const serverLimits = {
  /** All headers must be here after this long. */
  headersTimeout: 15_000,
  /** And the whole request: an Excel of 15 MB at 1 Mbit/s takes two minutes. */
  requestTimeout: 180_000,
  /** Longer than Caddy keeps an idle connection, so that it is always Caddy who closes. */
  keepAliveTimeout: 130_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
} as const
