import { useQuery } from '@tanstack/react-query'
import type { MemberRow } from '@tongxin/contract/members'
import { Field } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { candidatesQuery } from './development.api.ts'

/** Contacts or introducers: only full members in good standing can be chosen, and the others say why they cannot. */
export function PeoplePicker(props: {
  label: string
  most: number
  orgId: string
  notMemberId: string
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map())
  const { data, isFetching } = useQuery(candidatesQuery(text.trim(), props.orgId))
  const whyNot = (row: MemberRow): string | null => {
    if (row.id === props.notMemberId) return t('development.isThePerson')
    if (row.category !== 'formal')
      return t('development.notFull', { category: t(`words.development.category.${row.category}`) })
    if (row.status !== 'normal' && row.status !== 'restored') return t('development.notInStanding')
    return props.value.length >= props.most && !props.value.includes(row.id) ? t('development.enough') : null
  }
  const rows = data?.rows ?? []
  const options = rows.map((row) => {
    const reason = whyNot(row)
    const name = `${row.name} · ${row.orgName}`
    return { value: row.id, label: reason ? `${name}（${reason}）` : name, disabled: reason !== null }
  })
  // Chosen people stay named when the search looks for others.
  const kept = props.value
    .filter((id) => !rows.some((row) => row.id === id))
    .map((id) => ({ value: id, label: seen.get(id) ?? t('shared.chosen'), disabled: false }))
  return (
    <Field label={props.label} required help={t('development.pickHelp', { count: props.most })} error={props.error}>
      {(wiring) => (
        <Select
          id={wiring.id}
          mode="multiple"
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          placeholder={t('shared.findPerson')}
          loading={isFetching}
          notFoundContent={isFetching ? null : t('shared.nobodyFound')}
          value={[...props.value]}
          options={[...kept, ...options]}
          onChange={(ids: string[]) => {
            setSeen(new Map([...seen, ...options.map(({ value, label }): [string, string] => [value, label])]))
            props.onChange(ids)
          }}
        />
      )}
    </Field>
  )
}
