import { Link } from '@tanstack/react-router'
import { RichText } from '@tongxin/client/rich-text'
import type { BlockMark, MyBlock, MyCourse, ProgressMark } from '@tongxin/contract/learning.own'
import { Lamp } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { courseFileUrl } from '../../shared/offline-courses.ts'
import { CourseImage } from './CourseImage.tsx'

// The player is big: it comes with the first lesson that has something to play.
const Watch = lazy(async () => ({ default: (await import('../../shared/player/Watch.tsx')).Watch }))

export type Note = (noted: Pick<ProgressMark, 'blockId' | 'place' | 'isDone' | 'choice'>) => Promise<void>
type Props = {
  course: MyCourse
  block: MyBlock
  mark: BlockMark | undefined
  choice: number | null
  onChoose: (choice: number) => void
  note: Note
}
type Of<K extends MyBlock['kind']> = Extract<MyBlock, { kind: K }>

/** One block, as big as the screen. */
export function BlockView({ block, ...props }: Props) {
  switch (block.kind) {
    case 'text':
      return <RichText text={block.text} />
    case 'pictures':
      return <Pictures course={props.course} block={block} />
    case 'file':
      return <Document course={props.course} block={block} />
    case 'slides':
      return <SlidesOrFile {...props} block={block} />
    case 'media':
      return <Media {...props} block={block} />
    case 'card':
      return <Card {...props} block={block} />
    case 'quiz':
      return <Elsewhere {...props} to={paths.exams.quiz(block.paperId)} id={block.paperId} kind="quiz" />
    case 'package':
      return <Elsewhere {...props} to={paths.courseware.one(block.packageId)} id={block.packageId} kind="package" />
  }
}

function Pictures({ course, block }: { course: MyCourse; block: Of<'pictures'> }) {
  return block.pictures.map((picture) => (
    <figure key={picture.fileId}>
      <CourseImage courseId={course.id} fileId={picture.fileId} alt={picture.caption} />
      <figcaption>{picture.caption}</figcaption>
    </figure>
  ))
}

function Document({ course, block }: { course: MyCourse; block: Of<'file'> | Of<'slides'> }) {
  const { t } = useTranslation()
  if (!course.isDownloadable) return <p className="hint">{t('learning.noOriginal', { name: block.name })}</p>
  return (
    <a className="card course-row" href={courseFileUrl(course.id, block.fileId)} target="_blank" rel="noreferrer">
      <FileText aria-hidden="true" />
      <span>
        <strong>{block.name}</strong>
        <span className="hint">{t(block.kind === 'slides' ? 'learning.openSlides' : 'learning.openFile')}</span>
      </span>
    </a>
  )
}

// Slides come with the first lesson that has some.
const Slides = lazy(async () => ({ default: (await import('./Slides.tsx')).Slides }))

/** Page by page where the pages are drawn; else the file itself. */
function SlidesOrFile({ course, block, mark, note }: Omit<Props, 'block'> & { block: Of<'slides'> }) {
  const slides = course.slides.find(({ fileId }) => fileId === block.fileId)
  if (!slides) return <Document course={course} block={block} />
  return (
    <Suspense fallback={null}>
      <Slides key={block.fileId} course={course} block={block} slides={slides} mark={mark} note={note} />
    </Suspense>
  )
}

const NOTE_SECONDS = 20

/** A video or a sound: the place is kept for every device; played to its end it is done, and so it is by one's word. */
function Media({ course, block, mark, note }: Omit<Props, 'block'> & { block: Of<'media'> }) {
  const { t } = useTranslation()
  const kept = useRef(mark?.place ?? 0)
  const at = (seconds: number, isDone: boolean) => {
    kept.current = seconds
    void note({ blockId: block.id, place: Math.floor(seconds), isDone, choice: null })
  }
  return (
    <Suspense fallback={null}>
      <Watch
        key={block.mediaId}
        mediaId={block.mediaId}
        mayKeep={course.isDownloadable}
        startAt={mark?.place ?? 0}
        onPosition={(seconds) => {
          if (Math.abs(seconds - kept.current) >= NOTE_SECONDS) at(seconds, false)
        }}
        onEnded={() => at(kept.current, true)}
      />
      <p className="hint">{t('learning.mediaHint')}</p>
    </Suspense>
  )
}

function Card({ course, block, mark, choice, onChoose }: Omit<Props, 'block'> & { block: Of<'card'> }) {
  const { t } = useTranslation()
  const { question } = block
  const isAnswered = mark?.isDone === true && mark.choice !== null
  const isTold = isAnswered && mark.right !== null
  return (
    <>
      {block.fileId ? <CourseImage courseId={course.id} fileId={block.fileId} /> : null}
      <p className="reader-card">{block.text}</p>
      {question ? (
        <fieldset className="reader-question" disabled={isAnswered}>
          <legend>{question.text}</legend>
          {question.options.map((option, at) => (
            <label key={option} data-right={(isTold && mark.right === at) || undefined}>
              <input type="radio" name={block.id} checked={choice === at} onChange={() => onChoose(at)} />
              {option}
            </label>
          ))}
        </fieldset>
      ) : null}
      {isTold ? (
        <div role="status">
          <Lamp state={mark.right === mark.choice ? 'ok' : 'warn'}>
            {t(mark.right === mark.choice ? 'learning.isRight' : 'learning.isWrong', {
              right: question?.options[mark.right ?? 0] ?? '',
            })}
          </Lamp>
          {mark.why ? <p>{mark.why}</p> : null}
        </div>
      ) : null}
      {isAnswered && !isTold ? <p className="hint">{t('learning.answerLater')}</p> : null}
    </>
  )
}

/** A quiz or courseware: done in its own place, and known here as soon as it is mastered. */
function Elsewhere(props: Omit<Props, 'block'> & { to: string; id: string; kind: 'quiz' | 'package' }) {
  const { t } = useTranslation()
  const { course, mark, kind, id, to } = props
  const card = course.cards.find((one) => one.id === id)
  return (
    <section className="card">
      <h3>{card?.title ?? t(`words.learning.blockKind.${kind}`)}</h3>
      <p className="hint">{t('learning.masteryFrom', { percent: course.mastery })}</p>
      {mark?.isDone ? <Lamp state="ok">{t('learning.mastered')}</Lamp> : null}
      {card?.isGone ? (
        <p className="hint">{t('learning.notAvailable')}</p>
      ) : (
        <Link className="tx-button" data-kind="plain" to={to}>
          {t(kind === 'quiz' ? 'learning.toQuiz' : 'learning.toPackage')}
        </Link>
      )}
    </section>
  )
}
