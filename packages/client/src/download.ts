import type { Endpoint } from '@tongxin/contract/endpoint'
import { answerOf, type CallInput } from './call.ts'

/** The name in `Content-Disposition` (RFC 6266: the extended form wins), else a plain one. */
function nameIn(header: string | null): string {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1]
  if (extended) return decodeURIComponent(extended)
  return /filename="([^"]+)"/i.exec(header ?? '')?.[1] ?? 'tongxin'
}

/** Calls an endpoint whose reply is a file, and hands it to the browser under the name the server gave it. */
export async function download<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<void> {
  const response = await answerOf(endpoint, input as never)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = nameIn(response.headers.get('content-disposition'))
  link.click()
  // The browser has taken hold of the bytes by then; keeping the address would keep them in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
