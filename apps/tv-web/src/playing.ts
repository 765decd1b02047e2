import type { Playback } from '@tongxin/contract/media.words'
import type { TvGuide, TvProgramme } from '@tongxin/contract/television.tv'
import { keepBytes, keptBytes } from './cache.ts'
import { ask, isUnpaired, pause, Refused } from './calls.ts'
import { lengthText, serverNow } from './clock.ts'
import { fill, h, write } from './dom.ts'
import { channelNameOf, type Slot } from './guide.ts'
import type { Key } from './keys.ts'
import type { Reporter } from './reporter.ts'
import { roomPanel } from './room-panel.ts'
import { attach, type Detach, plainly } from './stream.ts'
import { t } from './texts.ts'

type Asked = {
  readonly root: Element
  readonly key: string
  readonly guide: TvGuide
  readonly programme: TvProgramme
  readonly slot: Slot | null
  readonly reporter: Reporter
  readonly onEnd: () => void
  readonly onLost: () => void
}

const SEEK_SECONDS = 10
const LEAVE_MS = 4000
const HINT_MS = 8000
const RETRY_MS = 5000
const MOST_ERRORS = 5

/** One programme on the whole screen, with the code of the room beside it. */
export class Playing {
  readonly slot: Slot | null
  readonly #asked: Asked
  readonly #video = h('video', { class: 'picture', playsinline: true })
  readonly #time = h('p', { class: 'time' })
  readonly #note = h('p', { class: 'note', role: 'status' })
  readonly #bar: HTMLElement
  readonly #panel = roomPanel()
  #airingId: string | null = null
  #detach: Detach = () => undefined
  #errors = 0
  #hasSkipped = false
  #isClosed = false
  #hasFailed = false
  /** The stream does not play here: the file does, perhaps. */
  #wantsWhole = false
  /** Plays from the set's own cache. */
  #isOwn = false
  #leaveAskedAt = 0
  #shownUntil = Date.now() + HINT_MS

  constructor(asked: Asked) {
    const { programme, guide, root } = asked
    this.#asked = asked
    this.slot = asked.slot
    const words = [h('h1', {}, programme.title), h('p', { class: 'channel' }, channelNameOf(guide, programme))]
    this.#bar = h('div', { class: 'bar' }, ...words, this.#time)
    fill(root, h('main', { class: 'playing' }, this.#video, this.#bar, this.#note, this.#panel.element))
    this.#listen()
    this.#say(t('play.loading'))
    this.tick()
    void this.#begin()
  }

  press(key: Key): boolean {
    this.#shownUntil = Date.now() + HINT_MS
    if (key === 'left') this.#seek(-SEEK_SECONDS)
    if (key === 'right') this.#seek(SEEK_SECONDS)
    if (key === 'up' || key === 'down') this.#panel.toggle()
    if (key === 'enter') this.#enter()
    if (key === 'back') this.#leave()
    return true
  }

  tick(): void {
    const { programme, reporter } = this.#asked
    if (this.#leaveAskedAt > 0 && Date.now() - this.#leaveAskedAt >= LEAVE_MS) {
      this.#leaveAskedAt = 0
      this.#say('')
    }
    const { duration, currentTime, paused } = this.#video
    const length = duration > 0 && duration < Infinity ? duration : programme.seconds
    const hint = t(this.slot ? 'play.liveHint' : 'play.hint')
    write(this.#time, `${lengthText(currentTime)} / ${lengthText(length)}　${hint}`)
    this.#bar.style.visibility = Date.now() < this.#shownUntil || paused ? 'visible' : 'hidden'
    const airingId = this.#airingId
    const { meeting, meetingCode } = reporter
    const roomCode = airingId === null ? null : reporter.codeOf(airingId)
    this.#panel.show({ meeting, meetingCode, roomCode }, airingId !== null)
  }

  /** Takes the picture off; an airing that is still open ends here. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#finish(false)
    this.#detach()
  }

  #say(text: string): void {
    write(this.#note, text)
  }

  #listen(): void {
    const { programme, reporter, slot, onEnd } = this.#asked
    const video = this.#video
    video.addEventListener('loadedmetadata', () => this.#start(), { once: true })
    video.addEventListener('playing', () => {
      if (this.#airingId === null && !this.#isClosed && !this.#hasFailed)
        this.#airingId = reporter.begin(programme.id, slot ? slot.id : null)
      this.#say(video.muted ? t('play.wake') : '')
    })
    video.addEventListener('waiting', () => {
      if (reporter.isOnline) return
      this.#say(t('play.waiting'))
      void this.#goOnFromOwn()
    })
    video.addEventListener('ended', () => {
      this.#finish(!this.#hasSkipped)
      onEnd()
    })
    video.addEventListener('error', () => {
      if (this.#isClosed || video.getAttribute('src') === null) return
      this.#errors += 1
      this.#wantsWhole = this.#errors > 1
      if (this.#errors > MOST_ERRORS && reporter.isOnline) this.#fail()
      else void this.#again()
    })
  }

  /** Whoever comes late to what is scheduled comes in the middle of it, as with any television. */
  #start(): void {
    const video = this.#video
    if (this.slot) {
      const late = (serverNow() - Date.parse(this.slot.startsAt)) / 1000
      if (late > 3 && late < video.duration) video.currentTime = late
    }
    video.play().catch((error: Error) => {
      if (error.name === 'AbortError') return
      // Without a key press since the page was opened, sets play without sound only.
      video.muted = true
      this.#play()
    })
  }

  async #begin(): Promise<void> {
    try {
      await this.#open()
    } catch (error) {
      if (this.#isClosed) return
      if (isUnpaired(error)) this.#asked.onLost()
      else if (error instanceof Refused && error.status < 500) this.#fail()
      else void this.#again()
    }
  }

  /** From the set's own cache where it is there, so that a lost network is not seen at all; else from the server. */
  async #open(): Promise<void> {
    const { key, programme } = this.#asked
    const own = await keptBytes(programme.edition)
    if (this.#isClosed) return
    if (own) {
      this.#playOwn(own)
      return
    }
    const playback = await ask<Playback>('playback', { key, programmeId: programme.id })
    if (this.#isClosed) return
    const detach = await attach(this.#video, playback, {
      wantsWhole: this.#wantsWhole,
      onLost: () => void this.#goOnFromOwn(),
      onUnplayable: () => {
        if (this.#wantsWhole && this.#asked.reporter.isOnline) this.#fail()
        this.#wantsWhole = true
        if (!this.#hasFailed) void this.#again()
      },
    })
    if (this.#isClosed) detach()
    else this.#detach = detach
    const whole = playback.offline ?? playback.original
    if (whole) void keepBytes(programme.edition, whole.url, whole.bytes).catch(() => false)
  }

  #playOwn(own: Blob): void {
    const url = URL.createObjectURL(own)
    const off = plainly(this.#video, url)
    this.#isOwn = true
    this.#detach = () => {
      this.#isOwn = false
      off()
      URL.revokeObjectURL(url)
    }
  }

  /** The network went while a stream played: from here on from what was kept meanwhile, if it was. */
  async #goOnFromOwn(): Promise<void> {
    if (this.#isOwn) return
    const own = await keptBytes(this.#asked.programme.edition)
    if (!own || this.#isOwn || this.#isClosed || this.#hasFailed) return
    this.#resume()
    this.#playOwn(own)
  }

  /** Takes off what plays, and goes on at the same place with what is put on next. */
  #resume(): void {
    const video = this.#video
    const { currentTime: place, paused } = video
    this.#detach()
    const goOn = (): void => {
      if (place > 0) video.currentTime = place
      if (!paused) this.#play()
    }
    video.addEventListener('loadedmetadata', goOn, { once: true })
  }

  #play(): void {
    // Put off by other bytes that were put on meanwhile: those are played then.
    this.#video.play().catch((error: Error) => error.name !== 'AbortError' && this.#fail())
  }

  /** After an error: goes on where it was, with another link, as often as it takes. */
  async #again(): Promise<void> {
    this.#say(t(this.#asked.reporter.isOnline ? 'play.loading' : 'play.waiting'))
    await pause(RETRY_MS)
    if (this.#isClosed || this.#hasFailed) return
    this.#resume()
    await this.#begin()
  }

  #finish(isWhole: boolean): void {
    if (this.#airingId !== null) this.#asked.reporter.end(this.#airingId, isWhole)
    this.#airingId = null
  }

  #fail(): void {
    this.#hasFailed = true
    this.#finish(false)
    this.#say(`${t('play.failed')} · ${t('play.failedLead')}`)
  }

  #seek(by: number): void {
    const video = this.#video
    if (this.slot || !(video.duration > 0)) return
    if (by > 0) this.#hasSkipped = true
    video.currentTime = Math.max(0, Math.min(video.duration - 1, video.currentTime + by))
  }

  #enter(): void {
    const video = this.#video
    // It begins by itself; told to play before it has anything, the set would say that it cannot.
    if (video.readyState === HTMLMediaElement.HAVE_NOTHING) return
    if (video.muted) {
      video.muted = false
      this.#say('')
    } else if (this.slot) this.#panel.toggle()
    else if (video.paused) {
      this.#play()
      this.#say('')
    } else {
      video.pause()
      this.#say(t('play.paused'))
    }
  }

  /** What a whole room watches is not ended by one wrong press. */
  #leave(): void {
    if (this.#hasFailed || !this.slot || Date.now() - this.#leaveAskedAt < LEAVE_MS) {
      this.#asked.onEnd()
      return
    }
    this.#leaveAskedAt = Date.now()
    this.#say(t('play.leave'))
  }
}
