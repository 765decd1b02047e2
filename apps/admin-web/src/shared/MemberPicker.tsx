import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMembers } from '@tongxin/contract/members'
import { Field } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** One person of the scope, found by name, pinyin, initials or number; the branch tells namesakes apart. */
export function MemberPicker(props: {
  label: string
  value: string
  onChange: (id: string) => void
  required?: boolean
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data, isFetching } = useQuery({
    queryKey: ['members', 'picker', asked],
    queryFn: async ({ signal }) =>
      (await call(listMembers, { query: { limit: 20, ...(asked ? { search: asked } : {}) }, signal })).rows,
  })
  return (
    <Field label={props.label} required={props.required ?? false} error={props.error}>
      {(wiring) => (
        <Select
          id={wiring.id}
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          allowClear
          placeholder={t('shared.findPerson')}
          loading={isFetching}
          notFoundContent={isFetching ? null : t('shared.nobodyFound')}
          value={props.value || null}
          options={(data ?? []).map((row) => ({ value: row.id, label: `${row.name} · ${row.orgName}` }))}
          onChange={(value: string | null | undefined) => props.onChange(value ?? '')}
        />
      )}
    </Field>
  )
}
