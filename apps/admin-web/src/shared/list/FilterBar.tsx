import type { Search } from '@tongxin/client/screen'
import { Button, DateInput, Field, Select, TextInput } from '@tongxin/ui'
import { Select as ManySelect } from 'antd'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker, useOrgName } from '../OrgPicker.tsx'
import { choicesOf, cleared, filtersOn, namesOf } from './list-search.ts'
import { SavedFiltersMenu } from './SavedFiltersMenu.tsx'
import type { Filter, SavedFilters } from './types.ts'

type Props = {
  filters: readonly Filter[]
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
  saved?: SavedFilters | undefined
}

/** The filters of a list, and chips of those that are on. Every change goes back to the first page. */
export function FilterBar({ filters, search, setSearch, saved }: Props) {
  const { t } = useTranslation()
  const change = (values: Readonly<Record<string, string>>) => setSearch({ ...values, cursor: '' })
  const on = filtersOn(filters, search)
  const [isAll, setAll] = useState(false)
  const shown = filters.filter((filter) => isAll || !filter.isMore || on.some((one) => one.filter === filter))
  return (
    <section className="filters no-print" aria-label={t('shared.filters')}>
      <div className="filter-row">
        {shown.map((filter) => (
          <OneFilter key={filter.key} filter={filter} search={search} change={change} />
        ))}
        {filters.some((filter) => filter.isMore) ? (
          <Button kind="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? <ChevronUp size="1.1em" aria-hidden="true" /> : <ChevronDown size="1.1em" aria-hidden="true" />}
            {t(isAll ? 'shared.fewerFilters' : 'shared.moreFilters')}
          </Button>
        ) : null}
        {saved ? <SavedFiltersMenu saved={saved} filters={filters} search={search} setSearch={setSearch} /> : null}
      </div>
      {on.length > 0 ? (
        <ul className="chips">
          {on.map(({ filter, text }) => (
            <li key={filter.key}>
              <button
                type="button"
                onClick={() => change(Object.fromEntries(namesOf(filter).map((name) => [name, ''])))}
              >
                {filter.label}:{' '}
                {filter.kind === 'organisation' ? <OrgName id={text} isBelow={search.below === 'true'} /> : text}
                <span className="tx-hidden">{t('shared.removeFilter')}</span>
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="chip-clear" onClick={() => setSearch(cleared(filters))}>
              {t('shared.clearFilters')}
            </button>
          </li>
        </ul>
      ) : null}
    </section>
  )
}

function OrgName({ id, isBelow }: { id: string; isBelow: boolean }) {
  const { t } = useTranslation()
  const name = useOrgName(id)
  return `${name}${isBelow ? ` ${t('shared.below')}` : ''}`
}

type OneProps = { filter: Filter; search: Search; change: (values: Readonly<Record<string, string>>) => void }

function OneFilter({ filter, search, change }: OneProps) {
  const { t } = useTranslation()
  const { key, label } = filter
  if (filter.kind === 'choice') {
    return (
      <Select
        label={label}
        value={search[key] ?? ''}
        options={filter.options}
        onChange={(value) => change({ [key]: value })}
      />
    )
  }
  if (filter.kind === 'choices') return <ManyFilter filter={filter} value={search[key]} change={change} />
  if (filter.kind === 'dates' || filter.kind === 'numbers') return <RangeFilter {...{ filter, search, change }} />
  if (filter.kind === 'day')
    return <DateInput label={label} value={search[key] ?? ''} onChange={(value) => change({ [key]: value })} />
  if (filter.kind === 'organisation') {
    return (
      <div className="org-filter">
        <OrgPicker
          label={label}
          value={search[key] ?? ''}
          onChange={(value) => change({ [key]: value, below: value && 'true' })}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={search.below === 'true'}
            disabled={!search[key]}
            onChange={(event) => change({ below: event.target.checked ? 'true' : '' })}
          />
          {t('shared.below')}
        </label>
      </div>
    )
  }
  return (
    <KeywordFilter
      key={search[key] ?? ''}
      label={label}
      value={search[key] ?? ''}
      onSearch={(value) => change({ [key]: value })}
    />
  )
}

/** From and until of one thing: two days, or two numbers. */
function RangeFilter({ filter, search, change }: OneProps) {
  const { t } = useTranslation()
  const { key, label } = filter
  const End = filter.kind === 'dates' ? DateInput : NumberFilter
  return (
    <>
      <End
        label={t('shared.from', { label })}
        value={search[`${key}From`] ?? ''}
        onChange={(value: string) => change({ [`${key}From`]: value })}
      />
      <End
        label={t('shared.until', { label })}
        value={search[`${key}To`] ?? ''}
        onChange={(value: string) => change({ [`${key}To`]: value })}
      />
    </>
  )
}

function ManyFilter(props: {
  filter: Filter & { readonly kind: 'choice' | 'choices' }
  value: string | undefined
  change: OneProps['change']
}) {
  const { t } = useTranslation()
  const { key, label, options } = props.filter
  return (
    <Field label={label}>
      {(wiring) => (
        <ManySelect
          id={wiring.id}
          className="many"
          mode="multiple"
          allowClear
          maxTagCount={1}
          placeholder={t('ui.choose')}
          optionFilterProp="label"
          value={choicesOf(props.value)}
          options={[...options]}
          onChange={(values: string[]) => props.change({ [key]: values.join(',') })}
        />
      )}
    </Field>
  )
}

type NumberProps = { label: string; value: string; onChange: (value: string) => void }

/** Asked for when the field is left or Enter is pressed, so that 120 does not ask for 1 and 12 first. */
function NumberFilter({ label, value, onChange }: NumberProps) {
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(value)
  if (asked !== value) {
    setAsked(value)
    setText(value)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text !== value) onChange(text)
  }
  return (
    <form onSubmit={submit} onBlur={submit}>
      <TextInput
        label={label}
        value={text}
        inputMode="numeric"
        maxLength={7}
        onChange={(typed) => setText(typed.replace(/\D/g, ''))}
      />
    </form>
  )
}

function KeywordFilter({
  label,
  value,
  onSearch,
}: {
  label: string
  value: string
  onSearch: (value: string) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <form className="keyword" onSubmit={submit}>
      <TextInput label={label} value={text} type="search" onChange={setText} />
      <Button type="submit">{t('shared.search')}</Button>
    </form>
  )
}
