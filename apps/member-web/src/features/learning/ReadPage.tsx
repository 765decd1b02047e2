import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAppearance } from '@tongxin/client/appearance'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { sessionQuery, useSession } from '@tongxin/client/session'
import type { MyBlock, MyCourse } from '@tongxin/contract/learning.own'
import { Button, EmptyState, RefusalText } from '@tongxin/ui'
import { ChevronLeft, ChevronRight, GraduationCap } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ReadAloud } from '../../shared/ReadAloud.tsx'
import { BlockView } from './BlockView.tsx'
import { myCourse } from './learning.api.ts'
import { blocksOf, isDoneElsewhere, markOf } from './marks.ts'
import { useProgress } from './use-progress.ts'
import './learning.css'

export const loader = async ({ params, queryClient }: LoaderInput) => {
  const session = await queryClient.ensureQueryData(sessionQuery)
  return queryClient.ensureQueryData(myCourse(params.id ?? '', session.person?.id ?? ''))
}

const FINISH = 'finish'
// Notes belong to another feature and come after the lesson itself.
const NoteHere = lazy(async () => ({ default: (await import('../../shared/notes/NoteHere.tsx')).NoteHere }))
const playedSecond = () => document.querySelector<HTMLMediaElement>('.reader video, .reader audio')?.currentTime ?? null

/** The reader: one block a screen, back and on within the thumb's reach, and a last screen when all is done. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const personId = useSession().person?.id ?? ''
  const { data: course } = useSuspenseQuery(myCourse(params.id ?? '', personId))
  const blocks = blocksOf(course)
  if (course.state === 'new' || blocks.length === 0)
    return (
      <PageFrame title={course.title}>
        <EmptyState
          title={t('learning.notBegun')}
          act={<Link to={paths.learning.course(course.id)}>{t('learning.toCourse')}</Link>}
        />
      </PageFrame>
    )
  if (search.block === FINISH) return <Finish course={course} />
  const at = Math.max(
    0,
    blocks.findIndex(({ id }) => id === search.block),
  )
  const block = blocks[at] as MyBlock
  const go = (to: number) => {
    setSearch({ block: blocks[to]?.id ?? FINISH })
    window.scrollTo(0, 0)
  }
  return <OneBlock key={block.id} course={course} block={block} at={at} count={blocks.length} go={go} />
}

type Props = { course: MyCourse; block: MyBlock; at: number; count: number; go: (to: number) => void }

function OneBlock({ course, block, at, count, go }: Props) {
  const { t } = useTranslation()
  const { note, error } = useProgress(course)
  const { isBig } = useAppearance()
  const mark = markOf(course, block.id)
  const [choice, setChoice] = useState<number | null>(mark?.choice ?? null)
  const [isConfirmed, setConfirmed] = useState(mark?.isDone === true)
  const chapter = course.chapters.find(({ blocks }) => blocks.some(({ id }) => id === block.id))
  const isDone = mark?.isDone === true
  const whyNot = whyNotYet(block, { choice, isConfirmed, isDone })
  const on = async () => {
    if (!isDone && !isDoneElsewhere(block))
      await note({ blockId: block.id, place: mark?.place ?? 0, isDone: true, choice })
    // A question is answered before one goes on, so that the explanation is seen.
    if (!isDone && block.kind === 'card' && block.question) return
    go(at + 1)
  }
  return (
    <PageFrame
      title={chapter?.title ?? course.title}
      lead={
        <span className="reader-far">
          <progress value={at + 1} max={count} aria-label={t('learning.doneOf', { done: at + 1, total: count })} />
          <span className="hint">{t('learning.doneOf', { done: at + 1, total: count })}</span>
        </span>
      }
      primary={
        <div className="reader-acts">
          {at > 0 ? (
            <Button icon={<ChevronLeft aria-hidden="true" />} onClick={() => go(at - 1)}>
              {t('learning.back')}
            </Button>
          ) : null}
          <Button wide kind="primary" whyNot={whyNot && t(whyNot)} onClick={() => void on()}>
            {t(
              !isDone && block.kind === 'card' && block.question
                ? 'learning.answer'
                : at + 1 === count
                  ? 'learning.finish'
                  : 'learning.on',
            )}
            <ChevronRight aria-hidden="true" />
          </Button>
        </div>
      }
    >
      <article className="reader">
        {block.title ? <h2>{block.title}</h2> : null}
        <div className="reader-said">
          <BlockView course={course} block={block} mark={mark} choice={choice} onChoose={setChoice} note={note} />
        </div>
        {isRead(block) && !isBig ? <ReadAloud of=".reader-said" /> : null}
        {block.confirm ? (
          <label className="reader-confirm">
            <input type="checkbox" checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)} />
            {block.confirm}
          </label>
        ) : null}
        <RefusalText error={error} />
        <Suspense fallback={null}>
          <NoteHere courseId={course.id} blockId={block.id} second={playedSecond} />
        </Suspense>
      </article>
    </PageFrame>
  )
}

/** Words that may be listened to; in big letters the whole page is, from its head. */
const isRead = ({ kind }: MyBlock): boolean => kind === 'text' || kind === 'card'

type Given = { choice: number | null; isConfirmed: boolean; isDone: boolean }
function whyNotYet(block: MyBlock, { choice, isConfirmed, isDone }: Given): string | undefined {
  if (isDone) return undefined
  if (block.kind === 'card' && block.question && choice === null) return 'learning.chooseFirst'
  return block.confirm && !isConfirmed ? 'learning.confirmFirst' : undefined
}

/** All is read: what counts now, or what is still open. */
function Finish({ course }: { course: MyCourse }) {
  const { t } = useTranslation()
  const open = blocksOf(course).filter(({ id }) => !markOf(course, id)?.isDone)
  const isWhole = open.length === 0
  return (
    <PageFrame
      title={course.title}
      primary={
        <Link className="tx-button" data-kind="primary" data-wide to={paths.learning.course(course.id)} replace>
          {t('learning.toCourse')}
        </Link>
      }
    >
      <EmptyState
        title={t(isWhole ? 'learning.finished' : 'learning.almost')}
        icon={<GraduationCap aria-hidden="true" />}
      >
        {t(isWhole ? 'learning.finishedHint' : 'learning.almostHint', {
          count: open.length,
          hours: course.quarters / 4,
        })}
      </EmptyState>
      {open.map((block) => (
        <Link
          key={block.id}
          className="card course-row"
          to={paths.learning.read(course.id)}
          search={{ block: block.id } as never}
        >
          <strong>{block.title || t(`words.learning.blockKind.${block.kind}`)}</strong>
          <ChevronRight aria-hidden="true" />
        </Link>
      ))}
    </PageFrame>
  )
}
