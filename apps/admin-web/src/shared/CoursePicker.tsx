import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listCourses } from '@tongxin/contract/learning'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchMany } from './SearchSelect.tsx'

/** Open courses of the scope, found by their title. `titles` names those that were chosen before. */
export function CoursePicker(props: {
  label: string
  help?: string
  but?: string
  titles: Readonly<Record<string, string>>
  value: readonly string[]
  onChange: (ids: string[]) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data, isFetching } = useQuery({
    queryKey: ['learning', 'choosable', asked],
    queryFn: async ({ signal }) =>
      (
        await call(listCourses, {
          query: { state: 'live', limit: 20, sort: 'title', ...(asked ? { text: asked } : {}) },
          signal,
        })
      ).rows,
  })
  const { but, titles, ...shown } = props
  const found = (data ?? []).filter(({ id }) => id !== but).map(({ id, title }) => ({ value: id, label: title }))
  return (
    <SearchMany
      {...shown}
      placeholder={t('shared.findCourse')}
      nobody={t('shared.noCourseFound')}
      unnamed={t('shared.course')}
      isFetching={isFetching}
      found={found}
      names={titles}
      onSearch={setText}
    />
  )
}
