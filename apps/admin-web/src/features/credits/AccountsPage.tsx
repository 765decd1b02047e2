import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { exportCreditAccounts } from '@tongxin/contract/credits'
import { CREDIT_POSTS, CREDIT_STANDINGS, type CreditAccount } from '@tongxin/contract/credits.words'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, EmptyState } from '@tongxin/ui'
import { Calculator, GraduationCap, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { AccountGlance } from './AccountGlance.tsx'
import { accountsQuery, yearIn } from './credits.api.ts'
import { StandingLamp, YearChoice } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(accountsQuery(search))

const hours = (key: 'earned' | 'required' | 'elective' | 'missing'): Column<CreditAccount> => ({
  key,
  textKey: `words.credits.columns.${key}`,
  render: (row) => hoursText(row[key]),
  isNumber: true,
  width: 100,
  total: (rows) => hoursText(rows.reduce((sum, row) => sum + row[key], 0)),
})

// Sorted by name or branch only: a list by hours would rank people.
const columns = (t: (key: string) => string): Column<CreditAccount>[] => [
  { key: 'name', textKey: 'words.credits.columns.name', render: (row) => row.name, isSortable: true, width: 120 },
  { key: 'orgName', textKey: 'words.credits.columns.orgName', render: (row) => row.orgName, isSortable: true },
  {
    key: 'post',
    textKey: 'words.credits.columns.post',
    render: (row) => t(`words.credits.post.${row.post}`),
    width: 130,
  },
  {
    key: 'target',
    textKey: 'words.credits.columns.target',
    render: (row) => (row.target === null ? '—' : hoursText(row.target)),
    isNumber: true,
    width: 100,
  },
  hours('earned'),
  { ...hours('required'), isHiddenAtFirst: true },
  { ...hours('elective'), isHiddenAtFirst: true },
  hours('missing'),
  {
    key: 'requiredLeft',
    textKey: 'words.credits.columns.requiredLeft',
    render: (row) => row.requiredLeft || '',
    isNumber: true,
    width: 120,
  },
  {
    key: 'standing',
    textKey: 'words.credits.columns.standing',
    render: (row) => <StandingLamp standing={row.standing} />,
    width: 140,
  },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('words.credits.columns.name'), kind: 'text' },
    {
      key: 'standing',
      label: t('words.credits.columns.standing'),
      kind: 'choice',
      options: CREDIT_STANDINGS.map((value) => ({ value, label: t(`words.credits.standing.${value}`) })),
    },
    {
      key: 'post',
      label: t('words.credits.columns.post'),
      kind: 'choice',
      options: CREDIT_POSTS.map((value) => ({ value, label: t(`words.credits.post.${value}`) })),
    },
    {
      key: 'requiredLeft',
      label: t('words.credits.columns.requiredLeft'),
      kind: 'choice',
      options: [{ value: 'true', label: t('credits.requiredLeftOnly') }],
    },
    { key: 'orgId', label: t('words.credits.columns.orgName'), kind: 'organisation' },
  ]
}

/** Who has how many hours and who is short: by name, with the lines beside the list. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const year = yearIn(search)
  const taken = (format: 'xlsx' | 'csv' | 'pdf') => {
    const { orgId, standing, post, requiredLeft, text, below } = search
    const flags = { ...(requiredLeft ? { requiredLeft: true } : {}), ...(below ? { below: true } : {}) }
    const filter = { orgId, standing, post, text, ...flags }
    const given = { year, ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) }
    const language = i18n.language === 'en' ? 'en' : 'zh-CN'
    return download(exportCreditAccounts, { body: { filter: given as never, format, language } })
  }
  return (
    <ListPage
      title={t('credits.accounts')}
      columns={columns(t)}
      rowKey={(row) => row.memberId}
      query={useQuery(accountsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      savedFilters={useSavedFilters('credits.accounts')}
      primary={
        <>
          <Button onClick={() => void taken('pdf')}>
            <Printer size="1.2em" aria-hidden="true" />
            {t('credits.print')}
          </Button>
          {can('learning.review').whyNot ? null : (
            <Link className="tx-button" to={paths.credits.recount()}>
              <Calculator size="1.2em" aria-hidden="true" />
              {t('credits.recount')}
            </Link>
          )}
        </>
      }
      lead={
        <div className="credits-lead">
          <YearChoice year={year} onChange={(value) => setSearch({ year: value, cursor: '' })} />
          <p className="hint">{t('credits.noRanking')}</p>
        </div>
      }
      drawer={(row) => ({ title: row.name, body: <AccountGlance memberId={row.memberId} year={year} /> })}
      onExport={({ format }) => taken(format)}
      empty={
        <EmptyState title={t('credits.noAccounts')} icon={<GraduationCap aria-hidden="true" />}>
          {t('credits.noAccountsHint')}
        </EmptyState>
      }
    />
  )
}
