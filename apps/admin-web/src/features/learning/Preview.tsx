import { RichText } from '@tongxin/client/rich-text'
import { SlideShow } from '@tongxin/client/slide-show'
import type { ContentShown, CourseRecord } from '@tongxin/contract/learning'
import { EmptyState } from '@tongxin/ui'
import { FileText, Film, GraduationCap, Package, Presentation } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CourseImage } from './FilePick.tsx'
import { fileUrl, slidePageUrl } from './file-url.ts'
import { Undrawn } from './Undrawn.tsx'
import { hoursOf } from './words.tsx'

type Block = ContentShown['chapters'][number]['blocks'][number]
const ICONS = { file: FileText, slides: Presentation, media: Film, package: Package, quiz: GraduationCap } as const

/** A course as learners read it. `isPhone`: in the width of a telephone, beside the editor. */
export function Preview({
  course,
  content,
  isPhone,
}: {
  course: CourseRecord
  content: ContentShown
  isPhone?: boolean
}) {
  const { t } = useTranslation()
  return (
    <article className="learning-preview" data-phone={isPhone || undefined} aria-label={t('learning.preview')}>
      {content.coverId ? <CourseImage courseId={course.id} fileId={content.coverId} /> : null}
      <h2>{content.title}</h2>
      <p className="hint">
        {[
          t(`words.learning.column.${content.column}`),
          t(`words.learning.required.${content.isRequired ? 'yes' : 'no'}`),
          t('learning.hoursLong', { hours: hoursOf(content.quarters) }),
          content.lecturer,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {content.summary ? <p>{content.summary}</p> : null}
      {content.source ? (
        <p className="learning-cite">
          {t('learning.sourceLine', {
            kind: t(`words.learning.sourceKind.${content.source.kind}`),
            from: content.source.from,
          })}
        </p>
      ) : (
        <p className="learning-note">{t('learning.sourceMissing')}</p>
      )}
      {content.chapters.length === 0 ? <EmptyState title={t('learning.noChapter')} /> : null}
      {content.chapters.map((chapter, at) => (
        <section key={chapter.id}>
          <h3>
            {at + 1}. {chapter.title}
          </h3>
          {chapter.blocks.map((block) => (
            <BlockShown key={block.id} course={course} block={block} />
          ))}
        </section>
      ))}
    </article>
  )
}

function BlockShown({ course, block }: { course: CourseRecord; block: Block }) {
  return (
    <div className="learning-shown">
      {block.title ? <h4>{block.title}</h4> : null}
      <Body course={course} block={block} />
      {block.confirm ? <p className="hint">{block.confirm}</p> : null}
    </div>
  )
}

function Body({ course, block }: { course: CourseRecord; block: Block }) {
  const { t } = useTranslation()
  if (block.kind === 'text') return <RichText text={block.text} />
  if (block.kind === 'pictures')
    return block.pictures.map((picture) => (
      <figure key={picture.fileId}>
        <CourseImage courseId={course.id} fileId={picture.fileId} alt={picture.caption} />
        <figcaption>{picture.caption}</figcaption>
      </figure>
    ))
  if (block.kind === 'card') return <Card course={course} block={block} />
  const slides = block.kind === 'slides' ? course.slides.find(({ fileId }) => fileId === block.fileId) : undefined
  if (slides && 'name' in block)
    return (
      <SlideShow
        key={slides.fileId}
        slides={slides}
        name={block.title || block.name}
        fileHref={fileUrl(course.id, slides.fileId)}
        addressOf={(page) => slidePageUrl(course.id, slides.fileId, page)}
      />
    )
  const undrawn = block.kind === 'slides' ? course.undrawn.find(({ fileId }) => fileId === block.fileId) : undefined
  if (undrawn && 'name' in block) return <Undrawn course={course} slides={undrawn} name={block.title || block.name} />
  const Icon = ICONS[block.kind]
  const name = 'name' in block ? block.name : titleOf(course, block)
  return (
    <p className="learning-ref">
      <Icon aria-hidden="true" /> {t(`words.learning.blockKind.${block.kind}`)}：{name}
    </p>
  )
}

function titleOf(course: CourseRecord, block: Extract<Block, { kind: 'media' | 'package' | 'quiz' }>): string {
  const id = block.kind === 'media' ? block.mediaId : block.kind === 'package' ? block.packageId : block.paperId
  return course.cards.find((card) => card.id === id)?.title ?? block.title
}

function Card({ course, block }: { course: CourseRecord; block: Extract<Block, { kind: 'card' }> }) {
  const { question } = block
  return (
    <div className="learning-card">
      {block.fileId ? <CourseImage courseId={course.id} fileId={block.fileId} /> : null}
      <p>{block.text}</p>
      {question ? (
        <>
          <strong>{question.text}</strong>
          <ol>
            {question.options.map((option, at) => (
              <li key={option} data-right={question.right === at || undefined}>
                {option}
              </li>
            ))}
          </ol>
          {question.why ? <p className="hint">{question.why}</p> : null}
        </>
      ) : null}
    </div>
  )
}
