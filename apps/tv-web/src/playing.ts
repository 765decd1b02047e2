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
    this.#panel.show(airingId === null ? null : reporter.codeOf(airingId), airingId !== null)
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
      if (!reporter.isOnline) this.#say(t('play.waiting'))
    })
    video.addEventListener('ended', () => {
      this.#finish(!this.#hasSkipped)
      onEnd()
    })
    video.addEventListener('error', () => {
      if (this.#isClosed || video.getAttribute('src') === null) return
      this.#errors += 1
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
    video.play().catch(() => {
      // Without a key press since the page was opened, sets play without sound only.
      video.muted = true
      video.play().catch(() => this.#fail())
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
      const url = URL.createObjectURL(own)
      const off = plainly(this.#video, url)
      this.#detach = () => {
        off()
        URL.revokeObjectURL(url)
      }
      return
    }
    const playback = await ask<Playback>('playback', { key, programmeId: programme.id })
    if (this.#isClosed) return
    this.#detach = await attach(this.#video, playback, () => this.#fail())
    const whole = playback.offline ?? playback.original
    if (whole) void keepBytes(programme.edition, whole.url, whole.bytes).catch(() => false)
  }

  /** After an error: goes on where it was, with another link, as often as it takes. */
  async #again(): Promise<void> {
    const video = this.#video
    const place = video.currentTime
    this.#say(t('play.waiting'))
    await pause(RETRY_MS)
    if (this.#isClosed || this.#hasFailed) return
    this.#detach()
    const goOn = (): void => {
      if (place > 0) video.currentTime = place
      video.play().catch(() => this.#fail())
    }
    video.addEventListener('loadedmetadata', goOn, { once: true })
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
    if (video.muted) {
      video.muted = false
      this.#say('')
    } else if (this.slot) this.#panel.toggle()
    else if (video.paused) {
      video.play().catch(() => this.#fail())
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
