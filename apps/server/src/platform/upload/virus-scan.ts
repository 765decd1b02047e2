import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** `unscanned`: no engine, or it did not answer for the whole file. Only a plain OK from the engine is clean. */
export type ScanVerdict =
  | { readonly state: 'clean' | 'unscanned' }
  | { readonly state: 'infected'; readonly signature: string }
export type Scanner = (path: string) => Promise<ScanVerdict>

const UNSCANNED: ScanVerdict = { state: 'unscanned' }
const TIMEOUT_MS = 60_000
const CHUNK = 64 * 1024

/** An installation without an engine: the structural checks still run, and every file is marked. */
export const noScanner: Scanner = async () => UNSCANNED

/**
 * ClamAV's daemon on a Unix socket (`/run/clamav/clamd.ctl`) or TCP (`tcp://127.0.0.1:3310`), by the command
 * INSTREAM: chunks with their length in four bytes, a zero at the end (clamd(8)). The daemon closes the stream when
 * it is longer than its StreamMaxLength; that, like any failure, is not clean.
 */
export function clamdScanner(address: string): Scanner {
  return async (path) => {
    const socket = dial(address)
    try {
      return verdictOf(await ask(socket, path))
    } catch {
      // Whatever went wrong between here and the engine, the file was not scanned: that is the answer, not an error.
      return UNSCANNED
    } finally {
      socket.destroy()
    }
  }
}

function dial(address: string): Socket {
  const url = /^tcp:\/\/\[?([^\]]+)\]?:(\d+)$/.exec(address)
  const socket = url ? connect(Number(url[2]), url[1]) : connect(address)
  return socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('the virus scanner did not answer')))
}

async function* framed(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    yield Buffer.concat([length, chunk])
  }
  yield Buffer.alloc(4)
}

/** Stops as soon as the daemon hangs up: nobody would drain the socket any more. */
async function send(socket: Socket, path: string): Promise<void> {
  const hungUp = new AbortController()
  socket.once('close', () => hungUp.abort())
  for await (const frame of framed(path)) {
    hungUp.signal.throwIfAborted()
    if (!socket.write(frame)) await once(socket, 'drain', { signal: hungUp.signal })
  }
}

async function ask(socket: Socket, path: string): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(text))
  })
  const [text] = await Promise.all([answer, send(socket, path)])
  return text
}

function verdictOf(answer: string): ScanVerdict {
  const text = answer.replaceAll('\0', '').trim()
  if (text === 'stream: OK') return { state: 'clean' }
  const found = /^stream: (.+) FOUND$/.exec(text)
  return found ? { state: 'infected', signature: found[1] ?? '' } : UNSCANNED
}
