import { uploadFile } from '@tongxin/client/upload'
import { useEffect, useRef, useState } from 'react'
import { secondsOf } from './media.format.ts'

export type Sent = { readonly fileId: string; readonly durationSeconds: number | null }

/** One file on its way: how far it is, and a way to give it up. Leaving the page gives it up as well. */
export function useSending() {
  const [sent, setSent] = useState<{ readonly bytes: number; readonly all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stopping = useRef<AbortController | null>(null)
  useEffect(() => () => stopping.current?.abort(), [])
  const send = async (file: File): Promise<Sent | null> => {
    const leaving = new AbortController()
    stopping.current = leaving
    setError(null)
    setSent({ bytes: 0, all: file.size })
    try {
      const durationSeconds = await secondsOf(file)
      const fileId = await uploadFile(file, 'media', {
        signal: leaving.signal,
        onProgress: (bytes, all) => setSent({ bytes, all }),
      })
      return { fileId, durationSeconds }
    } catch (cause) {
      if (!leaving.signal.aborted) setError(cause)
      return null
    } finally {
      setSent(null)
    }
  }
  return { sent, error, send, stop: () => stopping.current?.abort() }
}
