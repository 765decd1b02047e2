import type { Playback } from '@tongxin/contract/media.words'
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { attachStream, playsStreams } from './attach-stream.ts'

/** How often the place is told while it plays. */
const TELL_MS = 10_000
/** Nobody wants to go on in the credits. */
const NEAR_END_SECONDS = 5
/** How long it is said where it went on from. */
const SAID_SECONDS = 15

export type Playing = {
  /** Where it went on from, until the person moves or says so. */
  readonly resumedAt: number | null
  readonly forgetResumed: () => void
  readonly isBroken: boolean
  readonly second: number
}

type Asked = {
  readonly playback: Playback
  readonly isSoundOnly: boolean
  readonly startAt: number
  readonly onPosition?: ((seconds: number) => void) | undefined
  readonly onEnded?: (() => void) | undefined
}

/** Gives the element its stream, keeps the place over changes of the stream, and tells where it is. */
export function usePlaying(ref: RefObject<HTMLMediaElement | null>, asked: Asked): Playing {
  const { playback, isSoundOnly } = asked
  const place = useRef(asked.startAt)
  const goesOn = useRef(false)
  const [resumedAt, setResumedAt] = useState<number | null>(null)
  const [isByScript, setIsByScript] = useState(false)
  const [isBroken, setIsBroken] = useState(false)
  const second = useTold(ref, asked, place)

  useEffect(() => {
    const element = ref.current
    if (!element) return
    const leaving = new AbortController()
    const { signal } = leaving
    let detach = () => {}
    const fail = () => {
      // The browser says it plays streams and does not: the program may.
      if (!isByScript && playback.hls && !isSoundOnly && playsStreams(element)) setIsByScript(true)
      else setIsBroken(true)
    }
    const begin = () => {
      const at = place.current
      if (at > 0 && at < element.duration - NEAR_END_SECONDS) {
        element.currentTime = at
        if (!goesOn.current) setResumedAt(at)
      }
      if (goesOn.current) void element.play().catch(() => undefined)
    }
    element.addEventListener('loadedmetadata', begin, { once: true, signal })
    element.addEventListener('error', fail, { signal })
    setIsBroken(false)
    attachStream(element, { playback, isSoundOnly, isByScript, onFatal: fail }, signal).then(
      (off) => {
        if (signal.aborted) off()
        else detach = off
      },
      () => setIsBroken(true),
    )
    return () => {
      goesOn.current = !element.paused && !element.ended
      leaving.abort()
      detach()
    }
  }, [ref, playback, isSoundOnly, isByScript])

  const isLately = resumedAt !== null && second < resumedAt + SAID_SECONDS
  return { resumedAt: isLately ? resumedAt : null, forgetResumed: () => setResumedAt(null), isBroken, second }
}

/** Tells the place every few seconds, at a pause, when the page goes out of sight and at the end. @returns the second */
function useTold(ref: RefObject<HTMLMediaElement | null>, asked: Asked, place: { current: number }): number {
  const [second, setSecond] = useState(0)
  const told = useRef(asked.startAt)
  const tell = useEffectEvent(() => {
    const now = Math.floor(place.current)
    if (now === told.current) return
    told.current = now
    asked.onPosition?.(now)
  })
  const end = useEffectEvent(() => {
    tell()
    asked.onEnded?.()
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const leaving = new AbortController()
    const { signal } = leaving
    const moved = () => {
      // Taking a stream off an element puts it back to nothing, which is not where the person was.
      if (element.readyState === 0) return
      place.current = element.currentTime
      setSecond(Math.floor(element.currentTime))
    }
    const hidden = () => {
      if (document.visibilityState === 'hidden') tell()
    }
    element.addEventListener('timeupdate', moved, { signal })
    element.addEventListener('pause', () => tell(), { signal })
    element.addEventListener('ended', () => end(), { signal })
    document.addEventListener('visibilitychange', hidden, { signal })
    const timer = setInterval(() => {
      if (!element.paused) tell()
    }, TELL_MS)
    return () => {
      tell()
      clearInterval(timer)
      leaving.abort()
    }
  }, [ref, place])
  return second
}
