import { useQuery } from '@tanstack/react-query'
import { Field } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choosableQuery } from './learning.api.ts'

/** Open courses of the scope, found by their title. `titles` names those that were chosen before. */
export function CoursePicker(props: {
  label: string
  help?: string
  but?: string
  titles: Readonly<Record<string, string>>
  value: readonly string[]
  onChange: (ids: string[]) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, isFetching } = useQuery(choosableQuery(text.trim()))
  const [seen, setSeen] = useState(props.titles)
  const found = (data ?? []).filter(({ id }) => id !== props.but)
  const options = [
    ...found.map(({ id, title }) => ({ value: id, label: title })),
    ...props.value
      .filter((id) => !found.some((row) => row.id === id))
      .map((id) => ({ value: id, label: seen[id] ?? t('learning.course') })),
  ]
  return (
    <Field label={props.label} help={props.help}>
      {(wiring) => (
        <Select
          id={wiring.id}
          mode="multiple"
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          placeholder={t('learning.findCourse')}
          loading={isFetching}
          notFoundContent={isFetching ? null : t('learning.noCourseFound')}
          value={[...props.value]}
          options={options}
          onChange={(ids: string[]) => {
            setSeen({ ...seen, ...Object.fromEntries(found.map(({ id, title }) => [id, title])) })
            props.onChange(ids)
          }}
        />
      )}
    </Field>
  )
}
