import { uploadFile } from '@tongxin/client/upload'
import type { FilePurpose } from '@tongxin/contract/files'
import { useEffect, useRef, useState } from 'react'

export type Sent = { readonly bytes: number; readonly all: number }

/** One file on its way: how far it is, and a way to give it up. Leaving the page gives it up as well. */
export function useSending(purpose: FilePurpose) {
  const [sent, setSent] = useState<Sent | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stopping = useRef<AbortController | null>(null)
  useEffect(() => () => stopping.current?.abort(), [])
  /** @returns the id of the file; null when it was given up or refused, which `error` then says */
  const send = async (file: File): Promise<string | null> => {
    const leaving = new AbortController()
    stopping.current = leaving
    setError(null)
    setSent({ bytes: 0, all: file.size })
    try {
      const onProgress = (bytes: number, all: number) => setSent({ bytes, all })
      return await uploadFile(file, purpose, { signal: leaving.signal, onProgress })
    } catch (cause) {
      if (!leaving.signal.aborted) setError(cause)
      return null
    } finally {
      setSent(null)
    }
  }
  return { sent, error, send, stop: () => stopping.current?.abort() }
}
