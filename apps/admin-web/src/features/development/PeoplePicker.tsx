import { useQuery } from '@tanstack/react-query'
import type { MemberRow } from '@tongxin/contract/members'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchMany } from '../../shared/SearchSelect.tsx'
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
  const { data, isFetching } = useQuery(candidatesQuery(text.trim(), props.orgId))
  const whyNot = (row: MemberRow): string | null => {
    if (row.id === props.notMemberId) return t('development.isThePerson')
    if (row.category !== 'formal')
      return t('development.notFull', { category: t(`words.development.category.${row.category}`) })
    if (row.status !== 'normal' && row.status !== 'restored') return t('development.notInStanding')
    return props.value.length >= props.most && !props.value.includes(row.id) ? t('development.enough') : null
  }
  const found = (data?.rows ?? []).map((row) => {
    const reason = whyNot(row)
    const name = `${row.name} · ${row.orgName}`
    return { value: row.id, label: reason ? `${name}（${reason}）` : name, disabled: reason !== null }
  })
  return (
    <SearchMany
      label={props.label}
      help={t('development.pickHelp', { count: props.most })}
      required
      error={props.error}
      placeholder={t('shared.findPerson')}
      nobody={t('shared.nobodyFound')}
      unnamed={t('shared.chosen')}
      isFetching={isFetching}
      found={found}
      onSearch={setText}
      value={props.value}
      onChange={props.onChange}
    />
  )
}
