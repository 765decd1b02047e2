import { useQuery } from '@tanstack/react-query'
import { Field } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { electableQuery } from './elections.api.ts'

type Person = { readonly memberId: string; readonly name: string }

/** Several people: of a given list, or full members of the organisation found by name. */
export function PeoplePick(props: {
  label: string
  help?: string
  orgId: string
  value: readonly string[]
  /** Given: only these; also those whose names are known already. */
  among?: readonly Person[]
  known?: readonly Person[]
  most?: number
  error?: string | undefined
  onChange: (ids: string[]) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useQuery({ ...electableQuery(props.orgId, text.trim()), enabled: props.among === undefined })
  const people = [...(props.among ?? [...(props.known ?? []), ...(found.data ?? [])])]
  const options = [
    ...new Map(people.map(({ memberId, name }) => [memberId, { value: memberId, label: name }])).values(),
  ]
  return (
    <Field label={props.label} required help={props.help} error={props.error}>
      {(wiring) => (
        <Select
          id={wiring.id}
          mode="multiple"
          className="org-picker"
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          showSearch={props.among ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: setText }}
          {...(props.most === undefined ? {} : { maxCount: props.most })}
          placeholder={t('elections.findPeople')}
          loading={found.isFetching}
          notFoundContent={found.isFetching ? null : t('elections.nobodyFound')}
          value={[...props.value]}
          options={options}
          onChange={(ids: string[]) => props.onChange(ids)}
        />
      )}
    </Field>
  )
}
