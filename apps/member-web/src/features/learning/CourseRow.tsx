import { Link } from '@tanstack/react-router'
import type { MyCourseRow } from '@tongxin/contract/learning.own'
import { Lamp } from '@tongxin/ui'
import { BookOpen, ChevronRight, FileText, Film, GraduationCap, Headphones, Layers, Package, Radio } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'

const ICONS = {
  video: Film,
  audio: Headphones,
  article: BookOpen,
  document: FileText,
  package: Package,
  live: Radio,
  lecture: GraduationCap,
  micro: Layers,
} as const

/** One course in a list: what it is, how far one is, and until when where that is asked. */
export function CourseRow({ course, due }: { course: MyCourseRow; due?: ReactNode }) {
  const { t } = useTranslation()
  const Icon = ICONS[course.kind]
  return (
    <Link className="card course-row" to={paths.learning.course(course.id)}>
      <Icon aria-hidden="true" />
      <span>
        <strong>{course.title}</strong>
        <span className="hint">
          {[
            t(`words.learning.column.${course.column}`),
            t(`words.learning.required.${course.isRequired ? 'yes' : 'no'}`),
            t('learning.hoursLong', { hours: course.quarters / 4 }),
          ].join(' · ')}
        </span>
        {due}
        <HowFar course={course} />
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  )
}

export function HowFar({ course }: { course: Pick<MyCourseRow, 'state' | 'done' | 'total'> }) {
  const { t } = useTranslation()
  if (course.state === 'completed') return <Lamp state="ok">{t('learning.completed')}</Lamp>
  if (course.state === 'new') return null
  return (
    <span className="how-far">
      <progress value={course.done} max={Math.max(course.total, 1)} />
      {t('learning.doneOf', { done: course.done, total: course.total })}
    </span>
  )
}
