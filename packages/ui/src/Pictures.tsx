import { Dialog as Base } from '@base-ui/react/dialog'
import { ChevronLeft, ChevronRight, ImageOff, X } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import './pictures.css'

export type ShownPicture = {
  readonly id: string
  /** The line below the picture and its text for those who do not see it. */
  readonly caption: string
  readonly width: number
  readonly height: number
  /** Addresses of the small and the large copy; null: the picture cannot be opened. */
  readonly small: string | null
  readonly large: string | null
}
export type PictureWords = {
  readonly previous: string
  readonly next: string
  readonly close: string
  /** Why a picture is not shown. */
  readonly held: string
  /** `3 / 9`, said in words. */
  readonly place: (at: number, of: number) => string
}
type Props = { pictures: readonly ShownPicture[]; words: PictureWords }

/** Pictures as a grid; one opens over the whole screen, where arrows, Home, End and a swipe lead on. */
export function Pictures({ pictures, words }: Props) {
  const [open, setOpen] = useState<string | null>(null)
  const at = pictures.findIndex(({ id }) => id === open)
  return (
    <>
      <ul className="tx-pictures">
        {pictures.map((picture, place) => (
          <li key={picture.id}>
            <figure>
              {picture.small === null ? (
                <span className="tx-picture-held">
                  <ImageOff aria-hidden="true" />
                  {words.held}
                </span>
              ) : (
                <button
                  type="button"
                  aria-label={`${picture.caption} ${words.place(place + 1, pictures.length)}`}
                  onClick={() => setOpen(picture.id)}
                >
                  <img src={picture.small} alt={picture.caption} loading="lazy" decoding="async" />
                </button>
              )}
              <figcaption>{picture.caption}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
      {at < 0 ? null : <Lightbox pictures={pictures} words={words} at={at} onOpen={setOpen} />}
    </>
  )
}

const SWIPE_PIXELS = 48

function Lightbox({ pictures, words, at, onOpen }: Props & { at: number; onOpen: (id: string | null) => void }) {
  const began = useRef<number | null>(null)
  const picture = pictures[at]
  if (!picture) return null
  const go = (to: number) => onOpen(pictures[Math.min(Math.max(to, 0), pictures.length - 1)]?.id ?? null)
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: pictures.length - 1,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keys[event.key]
    if (to === undefined) return
    event.preventDefault()
    go(to)
  }
  const swiped = (x: number) => {
    const moved = x - (began.current ?? x)
    began.current = null
    if (Math.abs(moved) > SWIPE_PIXELS) go(moved < 0 ? at + 1 : at - 1)
  }
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onOpen(null)}>
      <Base.Portal>
        <Base.Popup
          className="tx-lightbox"
          onKeyDown={onKeyDown}
          onTouchStart={(event) => {
            began.current = event.changedTouches[0]?.clientX ?? null
          }}
          onTouchEnd={(event) => swiped(event.changedTouches[0]?.clientX ?? 0)}
        >
          <div className="tx-lightbox-head">
            <span>{words.place(at + 1, pictures.length)}</span>
            <Base.Close aria-label={words.close}>
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          <button type="button" aria-label={words.previous} aria-disabled={at === 0} onClick={() => go(at - 1)}>
            <ChevronLeft aria-hidden="true" />
          </button>
          {picture.large === null ? (
            <span className="tx-picture-held">{words.held}</span>
          ) : (
            <img key={picture.id} src={picture.large} alt={picture.caption} />
          )}
          <button
            type="button"
            aria-label={words.next}
            aria-disabled={at === pictures.length - 1}
            onClick={() => go(at + 1)}
          >
            <ChevronRight aria-hidden="true" />
          </button>
          <Base.Title render={<p aria-live="polite" />}>{picture.caption}</Base.Title>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
