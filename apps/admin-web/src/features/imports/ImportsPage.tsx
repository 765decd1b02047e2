import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { BATCH_STATES, type ImportBatch } from '@tongxin/contract/imports.batches'
import { Button, EmptyState, Lamp, whenText } from '@tongxin/ui'
import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { STATE_LAMPS, writtenBy } from './batch-state.ts'
import { ALL_IMPORTS, IMPORT_EVENTS, importsQuery, waitingImportsQuery } from './imports.api.ts'
import './imports.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(importsQuery(search))

const columns: Column<ImportBatch>[] = [
  {
    key: 'file',
    textKey: 'imports.file',
    render: (batch) => <Link to={paths.imports.one(batch.id)}>{batch.fileName}</Link>,
  },
  { key: 'org', textKey: 'imports.org', render: (batch) => batch.orgName },
  { key: 'people', textKey: 'imports.people', isNumber: true, render: (batch) => writtenBy(batch) },
  { key: 'rejected', textKey: 'imports.outcome.reject', isNumber: true, render: (batch) => batch.totals.reject },
  { key: 'maker', textKey: 'imports.maker', render: (batch) => <Hand who={batch.madeBy} at={batch.madeAt} /> },
  {
    key: 'checker',
    textKey: 'imports.checker',
    render: (batch) => <Hand who={batch.checkedBy} at={batch.checkedAt} />,
  },
]

function Hand({ who, at }: { who: string | null; at: string | null }) {
  const { i18n } = useTranslation()
  if (who === null) return null
  return `${who}${at === null ? '' : ` · ${whenText(at, Date.now(), i18n.language)}`}`
}

/** Batches of the scope with their states, and first of all those that wait for this person. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  useLive(IMPORT_EVENTS, ALL_IMPORTS)
  const query = useQuery(importsQuery(search))
  return (
    <ListPage
      title={t('imports.title')}
      columns={columns}
      rowKey={(batch) => batch.id}
      query={query}
      search={search}
      setSearch={setSearch}
      lamp={(batch) => ({ state: STATE_LAMPS[batch.state], word: t(`imports.state.${batch.state}`) })}
      filters={[
        {
          key: 'state',
          label: t('shared.state'),
          kind: 'choice',
          options: BATCH_STATES.map((value) => ({ value, label: t(`imports.state.${value}`) })),
        },
      ]}
      lead={<Waiting />}
      primary={
        can('imports.make').whyNot === undefined ? (
          <Link className="tx-button" data-kind="primary" to={paths.imports.add()}>
            <FileUp size="1.1em" aria-hidden="true" />
            {t('imports.add')}
          </Link>
        ) : (
          <Button kind="primary" {...can('imports.make')}>
            {t('imports.add')}
          </Button>
        )
      }
      empty={<EmptyState title={t('imports.none')}>{t('imports.noneHint')}</EmptyState>}
    />
  )
}

/** What another person handed over and this one may confirm. */
function Waiting() {
  const { t, i18n } = useTranslation()
  const { data: waiting = [] } = useQuery(waitingImportsQuery)
  if (waiting.length === 0) return null
  return (
    <section className="panel waiting" aria-label={t('imports.waiting')}>
      <h2>
        <Lamp state="warn">{t('imports.waiting')}</Lamp>
      </h2>
      <ul>
        {waiting.map((batch) => (
          <li key={batch.id}>
            <Link to={paths.imports.one(batch.id)}>{batch.fileName}</Link>
            <span className="hint">
              {t('imports.waitingFacts', {
                count: writtenBy(batch),
                who: batch.madeBy ?? '',
                when: whenText(batch.madeAt, Date.now(), i18n.language),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
