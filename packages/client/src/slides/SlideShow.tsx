import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SlidesShown } from '@tongxin/contract/learning.words'
import { Button } from '@tongxin/ui'
import { ChevronLeft, ChevronRight, Maximize } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './slides.css'
import { type Turn, turnByKey, turnBySwipe } from './turning.ts'

type SlideShowProps = {
  readonly slides: SlidesShown
  readonly name: string
  /** Where one page is read as a picture, and `words` as what each page says; a copy on the device may come first. */
  readonly addressOf: (page: number | 'words') => string | Promise<string>
  /** Where the file itself is opened. */
  /** The file itself; null where it is not given out. */
  readonly fileHref: string | null
  /** The page to begin with, from 1. */
  readonly startAt?: number
  /** It stands alone on its page: arrow keys turn it wherever the focus is. */
  readonly isAlone?: boolean
  readonly onPage?: (page: number) => void
}

/** Slides, one page at a time: by buttons, arrow keys, swipe or the bar. `key` it by the id of the file. */
export function SlideShow({ slides, name, addressOf, fileHref, startAt = 1, isAlone, onPage }: SlideShowProps) {
  const { t } = useTranslation()
  const { pages, width, height, fileId } = slides
  const [page, setPage] = useState(Math.min(Math.max(startAt, 1), pages))
  const stage = useRef<HTMLElement>(null)
  const show = (to: number) => {
    const next = Math.min(Math.max(to, 1), pages)
    if (next === page) return
    setPage(next)
    onPage?.(next)
  }
  useTurning(stage, isAlone === true, (turn) => show(placeAfter(turn, page, pages)))
  const at = t('words.learning.slides.at', { page, pages })
  return (
    <section ref={stage} className="slides" aria-label={name}>
      <Sheet
        key={page}
        fileId={fileId}
        page={page}
        addressOf={addressOf}
        alt={`${name} · ${at}`}
        size={{ width, height }}
      />
      {page < pages ? <Ahead fileId={fileId} page={page + 1} addressOf={addressOf} /> : null}
      <div className="slides-bar">
        <Turning label={t('words.learning.slides.back')} isEnd={page === 1} onTurn={() => show(page - 1)}>
          <ChevronLeft aria-hidden="true" />
        </Turning>
        <span className="slides-at" aria-live="polite">
          <span className="tx-hidden">{at}</span>
          <span aria-hidden="true">
            {page} / {pages}
          </span>
        </span>
        {document.fullscreenEnabled ? (
          <Button aria-label={t('words.learning.slides.whole')} onClick={() => void toggleWhole(stage.current)}>
            <Maximize aria-hidden="true" />
          </Button>
        ) : null}
        <Turning label={t('words.learning.slides.on')} isEnd={page === pages} onTurn={() => show(page + 1)}>
          <ChevronRight aria-hidden="true" />
        </Turning>
      </div>
      {pages > 2 ? (
        <input
          className="slides-to"
          type="range"
          min={1}
          max={pages}
          value={page}
          aria-label={t('words.learning.slides.goTo')}
          aria-valuetext={at}
          onChange={(event) => show(Number(event.target.value))}
        />
      ) : null}
      <Words fileId={fileId} page={page} addressOf={addressOf} />
      {fileHref === null ? null : (
        <p className="slides-file">
          <a href={fileHref} target="_blank" rel="noreferrer">
            {t('words.learning.slides.file')}
          </a>
        </p>
      )}
    </section>
  )
}

/** At the end it stays focusable, so that a keyboard does not lose its place. */
function Turning(props: { label: string; isEnd: boolean; onTurn: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className="tx-button"
      data-kind="plain"
      aria-label={props.label}
      aria-disabled={props.isEnd || undefined}
      onClick={props.onTurn}
    >
      {props.children}
    </button>
  )
}

const placeAfter = (turn: Turn, page: number, pages: number): number =>
  ({ back: page - 1, on: page + 1, first: 1, last: pages })[turn]

async function toggleWhole(stage: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await stage?.requestFullscreen()
}

function useTurning(stage: RefObject<HTMLElement | null>, isAlone: boolean, turn: (turn: Turn) => void): void {
  const latest = useRef(turn)
  latest.current = turn
  useEffect(() => {
    const element = stage.current
    if (!element) return
    const ends = [
      turnByKey(element, isAlone, (to) => latest.current(to)),
      turnBySwipe(element, (to) => latest.current(to)),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [stage, isAlone])
}

type Of = Pick<SlideShowProps, 'addressOf'> & { readonly fileId: string; readonly page: number }
const useAddress = ({ fileId, page, addressOf }: Of) =>
  useQuery({
    queryKey: ['slides', fileId, page],
    queryFn: async () => addressOf(page),
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  })

function Sheet({ alt, size, ...of }: Of & { alt: string; size: { width: number; height: number } }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useAddress(of)
  const [isMissing, setMissing] = useState(false)
  const again = async () => {
    await client.invalidateQueries({ queryKey: ['slides', of.fileId] })
    setMissing(false)
  }
  return (
    <div className="slides-sheet" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      {isMissing ? (
        <div className="slides-missing" role="alert">
          <p>{t('words.learning.slides.missing')}</p>
          <Button onClick={() => void again()}>{t('words.learning.slides.again')}</Button>
        </div>
      ) : data ? (
        <img src={data} alt={alt} {...size} onError={() => setMissing(true)} draggable={false} />
      ) : null}
    </div>
  )
}

/** The next page is fetched while this one is read. */
function Ahead(of: Of) {
  const { data } = useAddress(of)
  return data ? <link rel="prefetch" as="image" href={data} /> : null
}

/** What the page says, for whoever reads big letters or listens. */
function Words({ fileId, page, addressOf }: Of) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { data, isError } = useQuery({
    queryKey: ['slides', fileId, 'words'],
    enabled: isOpen,
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const response = await fetch(await addressOf('words'), { signal, credentials: 'same-origin' })
      if (!response.ok) throw new TypeError(`answered ${response.status}`)
      return (await response.json()) as string[]
    },
  })
  const said = data?.[page - 1]
  return (
    <details className="slides-words" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('words.learning.slides.words')}</summary>
      {data || isError ? (
        <p>{said || t(isError ? 'words.learning.slides.missing' : 'words.learning.slides.noWords')}</p>
      ) : null}
    </details>
  )
}
