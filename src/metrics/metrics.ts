import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What this process counts about itself, for Prometheus. No label names a business or a person: a series for each
 * would grow without end, and tell who sells how much.
 */
export const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'smartket_' })

export const requests = new Histogram({
  name: 'smartket_http_request_seconds',
  help: 'How long requests took, by route pattern and class of answer',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
})
export const slowQueries = new Counter({
  name: 'smartket_slow_queries_total',
  help: 'Statements that took longer than half a second',
  registers: [registry],
})
export const shed = new Counter({
  name: 'smartket_requests_shed_total',
  help: 'Pages refused with 503 because the process was behind',
  registers: [registry],
})

/** The pool's own figures, read when somebody asks. */
export function watchPools(
  read: () => { server: number; connections: number; waiting: number; timeouts: number; switches: number }[],
): void {
  const gauge = (name: string, help: string, pick: (one: ReturnType<typeof read>[number]) => number) => {
    registry.removeSingleMetric(name)
    const made = new Gauge({
      name,
      help,
      labelNames: ['server'],
      registers: [registry],
      collect() {
        for (const one of read()) made.set({ server: String(one.server) }, pick(one))
      },
    })
  }
  gauge('smartket_db_connections', 'Connections that are open', (one) => one.connections)
  gauge('smartket_db_waiting', 'Requests that wait for a connection', (one) => one.waiting)
  gauge('smartket_db_wait_timeouts', 'Waits for a connection that were given up', (one) => one.timeouts)
  gauge('smartket_db_switches', 'Connections handed from one business to another', (one) => one.switches)
}

const delay = monitorEventLoopDelay({ resolution: 20 })
delay.enable()

/** How late this process does things, in milliseconds, since it was last asked for it. */
export function takeLateness(): { p50: number; p99: number } {
  const answer = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6 }
  delay.reset()
  return answer
}
