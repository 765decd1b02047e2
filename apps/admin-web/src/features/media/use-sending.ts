import { useSending as useSendingOf } from '../../shared/upload/use-sending.ts'
import { secondsOf } from './media.format.ts'

export type Sent = { readonly fileId: string; readonly durationSeconds: number | null }

/** A video or sound on its way, with how long the browser says it plays. */
export function useSending() {
  const { send: sendFile, ...sending } = useSendingOf('media')
  const send = async (file: File): Promise<Sent | null> => {
    const durationSeconds = await secondsOf(file)
    const fileId = await sendFile(file)
    return fileId === null ? null : { fileId, durationSeconds }
  }
  return { ...sending, send }
}
