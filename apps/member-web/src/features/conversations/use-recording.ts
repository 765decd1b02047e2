import { useEffect, useRef, useState } from 'react'

type Made = { readonly blob: Blob; readonly name: string; readonly seconds: number; readonly url: string }
/** What browsers record, and the ending the server knows it by. */
const FORMATS = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
] as const

/** Records from the microphone until it is stopped or the time is over. */
export function useRecording(most: number) {
  const [seconds, setSeconds] = useState(0)
  const [isRunning, setRunning] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const recorder = useRef<MediaRecorder | null>(null)
  const stop = () => {
    if (recorder.current?.state === 'recording') recorder.current.stop()
  }
  const start = async () => {
    setRefused(false)
    const format = FORMATS.find(([type]) => globalThis.MediaRecorder?.isTypeSupported(type))
    const stream = format && (await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined))
    if (!stream || !format) return setRefused(true)
    const [mimeType, ending] = format
    const parts: Blob[] = []
    const began = performance.now()
    const one = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24_000 })
    one.ondataavailable = ({ data }) => parts.push(data)
    one.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      const blob = new Blob(parts, { type: mimeType })
      const lasted = Math.min(most, Math.max(1, Math.round((performance.now() - began) / 1000)))
      setMade({ blob, name: `voice.${ending}`, seconds: lasted, url: URL.createObjectURL(blob) })
      setRunning(false)
    }
    recorder.current = one
    setSeconds(0)
    setRunning(true)
    one.start()
  }
  // Synchronises with the clock: counts aloud and stops when the time is over.
  useEffect(() => {
    if (!isRunning) return
    const began = Date.now()
    const timer = setInterval(() => {
      const passed = Math.round((Date.now() - began) / 1000)
      setSeconds(passed)
      if (passed >= most && recorder.current?.state === 'recording') recorder.current.stop()
    }, 250)
    return () => clearInterval(timer)
  }, [isRunning, most])
  // Whoever leaves the page stops the microphone.
  useEffect(() => () => (recorder.current?.state === 'recording' ? recorder.current.stop() : undefined), [])
  return { seconds, isRunning, isRefused, made, start, stop }
}
