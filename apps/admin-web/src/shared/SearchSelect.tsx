import { Field } from '@tongxin/ui'
import { Select } from 'antd'
import { useState } from 'react'

export type Found = { readonly value: string; readonly label: string; readonly disabled?: boolean }
type Shown = {
  label: string
  help?: string | undefined
  required?: boolean
  error?: string | undefined
  placeholder: string
  nobody: string
  isFetching: boolean
  /** What the server found for the text. */
  found: readonly Found[]
  onSearch: (text: string) => void
}
const menuIn = (node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body
const common = ({ isFetching, nobody, onSearch, placeholder }: Shown) => ({
  getPopupContainer: menuIn,
  className: 'org-picker',
  showSearch: { filterOption: false as const, onSearch },
  placeholder,
  loading: isFetching,
  notFoundContent: isFetching ? null : nobody,
})

/** One of what a server finds for a text. */
export function SearchOne(props: Shown & { value: string; onChange: (id: string) => void }) {
  return (
    <Field label={props.label} help={props.help} required={props.required ?? false} error={props.error}>
      {(wiring) => (
        <Select
          {...common(props)}
          id={wiring.id}
          allowClear
          value={props.value || null}
          options={[...props.found]}
          onChange={(value: string | null | undefined) => props.onChange(value ?? '')}
        />
      )}
    </Field>
  )
}

/** Several of it. What is chosen keeps its name when the search looks for others; `names` tells those of before. */
export function SearchMany(
  props: Shown & {
    names?: Readonly<Record<string, string>>
    unnamed: string
    value: readonly string[]
    onChange: (ids: string[]) => void
  },
) {
  const { found } = props
  const [seen, setSeen] = useState(props.names ?? {})
  const kept = props.value.filter((id) => !found.some(({ value }) => value === id))
  return (
    <Field label={props.label} help={props.help} required={props.required ?? false} error={props.error}>
      {(wiring) => (
        <Select
          {...common(props)}
          id={wiring.id}
          mode="multiple"
          value={[...props.value]}
          options={[...kept.map((value) => ({ value, label: seen[value] ?? props.unnamed })), ...found]}
          onChange={(ids: string[]) => {
            setSeen({ ...seen, ...Object.fromEntries(found.map(({ value, label }) => [value, label])) })
            props.onChange(ids)
          }}
        />
      )}
    </Field>
  )
}
