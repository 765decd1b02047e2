import { type IncomingMessage, type OutgoingHttpHeaders, request, type Server, type ServerResponse } from 'node:http'

/** Where a request goes on to. `more`: headers that it is given on the way. */
type Onward = { readonly port: number; readonly more?: OutgoingHttpHeaders }

/** Hands a request on and its answer back; `look` is given JSON answers whole. Nobody there: 502. */
export function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { port, more }: Onward,
  look: (answer: IncomingMessage, body: string) => void = () => {},
): void {
  const headers = { ...incoming.headers, ...more }
  const onward = request(
    { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      const parts: Buffer[] = []
      const isJson = /json/.test(answer.headers['content-type'] ?? '')
      answer.on('data', (part: Buffer) => {
        if (isJson) parts.push(part)
        outgoing.write(part)
      })
      answer.on('end', () => {
        look(answer, Buffer.concat(parts).toString())
        outgoing.end()
      })
      answer.on('error', () => outgoing.destroy())
    },
  )
  onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}

/** Lets the server listen on loopback. @returns the port that was free */
export const listenOn = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)))
