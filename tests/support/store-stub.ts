import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** What goes wrong with one request; null: it goes through to the store. */
export type Trouble =
  | { status: number; code: string }
  /** The request is taken, and nothing is ever answered. */
  | 'silence'
  /** The connection ends in the middle of the answer. */
  | 'cut-answer'
  /** … or before there is any. */
  | 'cut-at-once'
  /** The store says that it has something else. */
  | 'wrong-etag'
  /** It encrypts with keys of its own: its ETags are no checksums, and look like some. */
  | 'kms'
  | null

export type StoreStub = {
  url: string
  /** Asked for each request. */
  trouble: (request: { method: string; path: string; query: URLSearchParams }) => Trouble
  /** Every request, as «PUT /bucket/key». */
  seen: string[]
  /** The headers of each of them. */
  headers: IncomingMessage['headers'][]
  stop(): Promise<void>
}

/** Stands before the real store and lets everything through but what a test wants to go wrong. */
export async function startStoreStub(port: number): Promise<StoreStub> {
  const server = createServer((incoming, answer) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://stub')
    stub.seen.push(`${incoming.method} ${pathname}`)
    stub.headers.push(incoming.headers)
    const trouble = stub.trouble({ method: incoming.method ?? '', path: pathname, query: searchParams })
    if (trouble === 'silence') incoming.resume()
    else if (trouble === 'cut-at-once') incoming.socket.destroy()
    else if (trouble && typeof trouble === 'object') refuse(incoming, answer, trouble)
    else pass(port, incoming, answer, trouble)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const stub: StoreStub = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    trouble: () => null,
    seen: [],
    headers: [],
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return stub
}

function refuse(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { status, code }: { status: number; code: string },
) {
  incoming.resume()
  incoming.once('end', () => {
    answer.writeHead(status, { 'content-type': 'application/xml' })
    answer.end(incoming.method === 'HEAD' ? '' : `<Error><Code>${code}</Code><Message>no</Message></Error>`)
  })
}

function pass(
  port: number,
  incoming: IncomingMessage,
  answer: ServerResponse,
  trouble: 'cut-answer' | 'wrong-etag' | 'kms' | null,
) {
  const onward = request({
    host: '127.0.0.1',
    port,
    method: incoming.method,
    path: incoming.url,
    headers: incoming.headers,
  })
  onward.once('response', (given) => {
    const headers = { ...given.headers }
    if (trouble === 'kms') headers['x-amz-server-side-encryption'] = 'aws:kms'
    // A part's own is repeated to the store when the parts are put together: it stays.
    const isPart = incoming.url?.includes('partNumber=')
    if ((trouble === 'wrong-etag' || (trouble === 'kms' && !isPart)) && headers.etag)
      headers.etag = `"${'0'.repeat(32)}"`
    answer.writeHead(given.statusCode ?? 502, headers)
    if (trouble !== 'cut-answer') return void given.pipe(answer)
    given.once('data', (piece: Buffer) => {
      answer.write(piece.subarray(0, Math.ceil(piece.length / 2)), () => answer.destroy())
      given.destroy()
    })
  })
  onward.once('error', () => answer.destroy())
  incoming.pipe(onward)
}
