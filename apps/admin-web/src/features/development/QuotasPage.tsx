import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type QuotaRow, setQuota } from '@tongxin/contract/development.record'
import { Button, EmptyState, Lamp, say, TextArea, TextInput } from '@tongxin/ui'
import { Target } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ALL_DEVELOPMENT, quotasQuery } from './development.api.ts'
import { Reason } from './Reason.tsx'
import './development.css'

const WISHES = ['upTo35', 'frontLine', 'women', 'college'] as const
const thisYear = () => new Date().getFullYear()
const yearOf = (search: Search) => Number(search.year) || thisYear()

export const loader = ({ search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(quotasQuery(yearOf(search), search.orgId ?? ''))

const leftOf = ({ number, used, planned }: QuotaRow) => (number === null ? null : number - used - planned)

function useColumns(): Column<QuotaRow>[] {
  const { t } = useTranslation()
  const count = (key: 'number' | 'used' | 'planned'): Column<QuotaRow> => ({
    key,
    textKey: `development.quota.${key}`,
    render: (row) => row[key] ?? '—',
    isNumber: true,
    width: 110,
    total: (rows) => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0),
  })
  return [
    { key: 'orgName', textKey: 'development.branch', render: (row) => row.orgName },
    count('number'),
    count('used'),
    count('planned'),
    {
      key: 'left',
      textKey: 'development.quota.left',
      render: (row) => {
        const left = leftOf(row)
        if (left === null) return <Lamp state="idle">{t('development.quota.unset')}</Lamp>
        return (
          <Lamp state={left < 0 ? 'late' : left === 0 ? 'warn' : 'ok'}>
            {t('development.quota.leftCount', { count: left })}
          </Lamp>
        )
      },
      width: 150,
    },
    {
      key: 'wishes',
      textKey: 'development.quota.wishes',
      render: ({ wishes }) =>
        WISHES.filter((name) => wishes[name] !== null)
          .map((name) => `${t(`development.quota.${name}`)} ${wishes[name]}`)
          .join(t('development.listComma')),
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const years = [-2, -1, 0, 1, 2].map((offset) => String(thisYear() + offset))
  return [
    {
      key: 'year',
      label: t('development.quota.year'),
      kind: 'choice',
      options: years.map((value) => ({ value, label: value })),
    },
    { key: 'orgId', label: t('development.branch'), kind: 'organisation' },
  ]
}

/** The yearly plan: how many each unit may admit, how many it has, and what is left. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const year = yearOf(search)
  const { whyNot } = useCan()('development.approve')
  const [edited, setEdited] = useState<QuotaRow | 'new' | null>(null)
  const query = useQuery({
    ...quotasQuery(year, search.orgId ?? ''),
    select: ({ rows }) => ({ rows, next: null, total: rows.length }),
  })
  const set = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setEdited('new')}>
      {t('development.quota.set')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('development.quotasOf', { year })}
        columns={useColumns()}
        rowKey={(row) => row.orgId}
        query={query}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={set}
        drawer={(row) => ({
          title: row.orgName,
          body: (
            <>
              {row.wishes.note ? <p>{row.wishes.note}</p> : null}
              <Button kind="primary" whyNot={whyNot} onClick={() => setEdited(row)}>
                {t('development.quota.change')}
              </Button>
            </>
          ),
        })}
        empty={
          <EmptyState title={t('development.quota.none', { year })} icon={<Target aria-hidden="true" />} act={set}>
            {t('development.quota.noneHint')}
          </EmptyState>
        }
      />
      {edited ? (
        <QuotaDialog row={edited === 'new' ? null : edited} year={year} onClose={() => setEdited(null)} />
      ) : null}
    </>
  )
}

const isCount = (text: string) => /^\d{1,5}$/.test(text)

type Form = { orgId: string; number: string; note: string; reason: string } & Record<(typeof WISHES)[number], string>
const textOf = (count: number | null | undefined): string =>
  count === null || count === undefined ? '' : String(count)
const formOf = (row: QuotaRow | null): Form => ({
  orgId: row?.orgId ?? '',
  number: textOf(row?.number),
  upTo35: textOf(row?.wishes.upTo35),
  frontLine: textOf(row?.wishes.frontLine),
  women: textOf(row?.wishes.women),
  college: textOf(row?.wishes.college),
  note: row?.wishes.note ?? '',
  reason: '',
})

function QuotaDialog({ row, year, onClose }: { row: QuotaRow | null; year: number; onClose: () => void }) {
  const { t } = useTranslation()
  const [form, setForm] = useState(formOf(row))
  const change = (values: Partial<Form>) => setForm({ ...form, ...values })
  const save = useWrite(setQuota, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.quota.saved'))
      onClose()
    },
  })
  const isWrong = !isCount(form.number) || WISHES.some((name) => form[name] !== '' && !isCount(form[name]))
  const submit = () => {
    const { orgId, number, note, reason } = form
    const wishes = Object.fromEntries(WISHES.map((name) => [name, form[name] ? Number(form[name]) : null]))
    const body = { orgId, year, number: Number(number), reason: reason.trim() }
    save.mutate({ body: { ...body, wishes: { ...wishes, note: note.trim() || null } } })
  }
  return (
    <FormDialog
      title={t('development.quota.setTitle', { year })}
      verb={t('development.save')}
      labels={{ '/body/orgId': t('development.branch'), '/body/number': t('development.quota.number') }}
      whyNot={form.orgId === '' || isWrong || form.reason.trim().length < 2 ? t('development.quota.first') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      {row ? (
        <p>{row.orgName}</p>
      ) : (
        <OrgPicker
          label={t('development.branch')}
          required
          value={form.orgId}
          onChange={(orgId) => change({ orgId })}
        />
      )}
      <Counts form={form} onChange={change} />
    </FormDialog>
  )
}

function Counts({ form, onChange }: { form: Form; onChange: (values: Partial<Form>) => void }) {
  const { t } = useTranslation()
  const count = (name: 'number' | (typeof WISHES)[number]) => (
    <TextInput
      key={name}
      label={t(`development.quota.${name}`)}
      required={name === 'number'}
      inputMode="numeric"
      maxLength={5}
      value={form[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  )
  return (
    <>
      {count('number')}
      <div className="development-row">{WISHES.map(count)}</div>
      <TextArea
        label={t('development.quota.note')}
        rows={2}
        maxLength={500}
        value={form.note}
        onChange={(note) => onChange({ note })}
      />
      <Reason value={form.reason} onChange={(reason) => onChange({ reason })} />
    </>
  )
}
