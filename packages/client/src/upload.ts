import { type FilePurpose, findFile } from '@tongxin/contract/files'
import { API_ROOT, call, refusalIn } from './call.ts'
import { RefusedError, UnreachedError } from './refused-error.ts'

const VERSION = { 'Tus-Resumable': '1.0.0' }
const MOST_TRIES = 3
/** As much in one request as the line carries in some seconds: the server gives a request half a minute. */
const PIECE = { first: 1024 * 1024, least: 256 * 1024, most: 8 * 1024 * 1024, seconds: 6 }
const PAUSE_MS = 1500

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

export type UploadOptions = {
  /** Bytes that the server has, of all. */
  readonly onProgress?: (sent: number, all: number) => void
  /** Gives the upload up: the server forgets what it has. */
  readonly signal?: AbortSignal
}

async function asked(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new UnreachedError(globalThis.navigator?.onLine === false, cause)
  }
  if (!response.ok) throw await refusalIn(response)
  return response
}

/** Sends what the server has not received yet, in pieces; goes on after a broken connection (tus 1.0.0, "resuming"). */
async function send(url: string, file: File, { onProgress, signal }: UploadOptions): Promise<void> {
  const cut = signal ? { signal } : {}
  let offset = 0
  let tries = 1
  let piece = PIECE.first
  while (offset < file.size) {
    try {
      const headers = { ...VERSION, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }
      const end = Math.min(offset + piece, file.size)
      const began = performance.now()
      await asked(url, { method: 'PATCH', headers, body: file.slice(offset, end), ...cut })
      const aSecond = ((end - offset) / Math.max(performance.now() - began, 1)) * 1000
      piece = Math.round(Math.min(PIECE.most, Math.max(PIECE.least, aSecond * PIECE.seconds)))
      offset = end
      tries = 1
    } catch (error) {
      if (!(error instanceof UnreachedError) || tries === MOST_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (tries - 1)))
      tries += 1
      piece = PIECE.least
      const head = await asked(url, { method: 'HEAD', headers: VERSION, ...cut }).catch((again: unknown) => {
        // Still away: the next turn counts it as the next try.
        if (again instanceof UnreachedError) return null
        throw again
      })
      offset = head ? Number(head.headers.get('upload-offset') ?? 0) : offset
    }
    onProgress?.(offset, file.size)
  }
}

/**
 * Uploads one file and waits for its checks. @returns its id, to be attached to a record.
 * Throws `RefusedError` with the fault (`files.…`) when it was not kept, `UnreachedError` when no answer arrives, and
 * what `signal` was aborted with.
 */
export async function uploadFile(file: File, purpose: FilePurpose, options: UploadOptions = {}): Promise<string> {
  const opened = await asked(`${API_ROOT}/files`, {
    method: 'POST',
    headers: {
      ...VERSION,
      'Upload-Length': String(file.size),
      'Upload-Metadata': `filename ${base64(file.name)},purpose ${base64(purpose)}`,
    },
  })
  const id = opened.headers.get('location')?.split('/').at(-1) ?? ''
  const url = `${API_ROOT}/files/${id}`
  try {
    await send(url, file, options)
  } catch (error) {
    // Given up by the person: the space is free again at once instead of after a day.
    if (options.signal?.aborted) await asked(url, { method: 'DELETE', headers: VERSION }).catch(() => undefined)
    throw error
  }
  const facts = await call(findFile, { params: { id } })
  if (facts.state === 'rejected') throw new RefusedError({ status: 422, code: `files.${facts.fault ?? 'damaged'}` })
  return id
}
