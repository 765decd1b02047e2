import { type FilePurpose, findFile } from '@tongxin/contract/files'
import { API_ROOT, call, refusalIn } from './call.ts'
import { RefusedError, UnreachedError } from './refused-error.ts'

const VERSION = { 'Tus-Resumable': '1.0.0' }
const MOST_TRIES = 3

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

async function asked(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init })
  } catch (cause) {
    throw new UnreachedError(globalThis.navigator?.onLine === false, cause)
  }
  if (!response.ok) throw await refusalIn(response)
  return response
}

/** Sends what the server has not received yet; goes on after a broken connection (tus 1.0.0, "resuming"). */
async function send(url: string, file: File): Promise<void> {
  let offset = 0
  for (let tries = 1; ; tries += 1) {
    try {
      const headers = { ...VERSION, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }
      await asked(url, { method: 'PATCH', headers, body: file.slice(offset) })
      return
    } catch (error) {
      if (!(error instanceof UnreachedError) || tries === MOST_TRIES) throw error
      const head = await asked(url, { method: 'HEAD', headers: VERSION })
      offset = Number(head.headers.get('upload-offset') ?? 0)
      if (offset >= file.size) return
    }
  }
}

/**
 * Uploads one file and waits for its checks. @returns its id, to be attached to a record.
 * Throws `RefusedError` with the fault (`files.…`) when it was not kept, `UnreachedError` when no answer arrives.
 */
export async function uploadFile(file: File, purpose: FilePurpose): Promise<string> {
  const opened = await asked(`${API_ROOT}/files`, {
    method: 'POST',
    headers: {
      ...VERSION,
      'Upload-Length': String(file.size),
      'Upload-Metadata': `filename ${base64(file.name)},purpose ${base64(purpose)}`,
    },
  })
  const id = opened.headers.get('location')?.split('/').at(-1) ?? ''
  await send(`${API_ROOT}/files/${id}`, file)
  const facts = await call(findFile, { params: { id } })
  if (facts.state === 'rejected') throw new RefusedError({ status: 422, code: `files.${facts.fault ?? 'damaged'}` })
  return id
}
