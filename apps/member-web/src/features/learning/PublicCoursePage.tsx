import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RichText } from '@tongxin/client/rich-text'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { MyBlock } from '@tongxin/contract/learning.own'
import type { SlidesShown } from '@tongxin/contract/learning.words'
import { FileText } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { publicCourse } from './learning.api.ts'
import './learning.css'

// Slides come with the first course that has some.
const SlideShow = lazy(async () => ({ default: (await import('@tongxin/client/slide-show')).SlideShow }))
const Watch = lazy(async () => ({ default: (await import('../../shared/player/Watch.tsx')).Watch }))

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(publicCourse(params.id ?? ''))

/** A public course on one page, to be read without signing in. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const id = params.id ?? ''
  const { data: course } = useSuspenseQuery(publicCourse(id))
  return (
    <OutsideFrame isWide title={course.title} lead={course.summary}>
      {course.source ? (
        <p className="hint">{t('learning.sourceLine', { from: course.source.from, org: course.orgName })}</p>
      ) : null}
      {course.chapters.map((chapter) => (
        <section key={chapter.id} className="reader">
          <h2>{chapter.title}</h2>
          {chapter.blocks.map((block) => (
            <div key={block.id}>
              {block.title ? <h3>{block.title}</h3> : null}
              <PublicBlock courseId={id} block={block} slides={course.slides} mayTake={course.isDownloadable} />
            </div>
          ))}
        </section>
      ))}
      <p>
        <Link to={paths.learning.publicList()}>{t('learning.publicCourses')}</Link>
      </p>
    </OutsideFrame>
  )
}

const fileUrl = (courseId: string, fileId: string) => `/api/v1/public/courses/${courseId}/files/${fileId}/content`

type BlockProps = { courseId: string; block: MyBlock; slides: readonly SlidesShown[]; mayTake: boolean }
type FileBlock = Extract<MyBlock, { kind: 'file' | 'slides' }>

function PublicFile({ courseId, block, mayTake }: Omit<BlockProps, 'slides' | 'block'> & { block: FileBlock }) {
  const { t } = useTranslation()
  if (!mayTake) return <p className="hint">{t('learning.noOriginal', { name: block.name })}</p>
  return (
    <a className="card course-row" href={fileUrl(courseId, block.fileId)} target="_blank" rel="noreferrer">
      <FileText aria-hidden="true" />
      <strong>{block.name}</strong>
    </a>
  )
}

function PublicBlock({ courseId, block, slides, mayTake }: BlockProps) {
  const { t } = useTranslation()
  switch (block.kind) {
    case 'text':
      return <RichText text={block.text} />
    case 'pictures':
      return block.pictures.map((picture) => (
        <figure key={picture.fileId}>
          <img className="course-image" alt={picture.caption} src={fileUrl(courseId, picture.fileId)} loading="lazy" />
          <figcaption>{picture.caption}</figcaption>
        </figure>
      ))
    case 'file':
      return <PublicFile courseId={courseId} block={block} mayTake={mayTake} />
    case 'slides': {
      const drawn = slides.find(({ fileId }) => fileId === block.fileId)
      if (!drawn) return <PublicFile courseId={courseId} block={block} mayTake={mayTake} />
      return (
        <Suspense fallback={null}>
          <SlideShow
            slides={drawn}
            name={block.title || block.name}
            fileHref={mayTake ? fileUrl(courseId, block.fileId) : null}
            addressOf={(page) => `/api/v1/public/courses/${courseId}/files/${block.fileId}/pages/${page}`}
          />
        </Suspense>
      )
    }
    case 'media':
      return (
        <Suspense fallback={null}>
          <Watch key={block.mediaId} mediaId={block.mediaId} isPublic />
        </Suspense>
      )
    case 'card':
      return (
        <>
          {block.fileId ? (
            <img className="course-image" alt="" src={fileUrl(courseId, block.fileId)} loading="lazy" />
          ) : null}
          <p className="reader-card">{block.text}</p>
        </>
      )
    default:
      return <p className="hint">{t('learning.signInFor')}</p>
  }
}
