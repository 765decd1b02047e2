import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { endXapiCredential, type XapiCredential } from '@tongxin/contract/xapi'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { IssueDialog } from './IssueDialog.tsx'
import { credentialsQuery, XAPI } from './xapi.api.ts'
import './xapi.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(credentialsQuery(search))

const columns: Column<XapiCredential>[] = [
  { key: 'name', textKey: 'xapi.name', render: (row) => row.name, isSortable: true },
  { key: 'org', textKey: 'xapi.organisation', render: (row) => row.orgName },
  { key: 'rights', textKey: 'xapi.rights', render: (row) => <Rights row={row} /> },
  { key: 'state', textKey: 'xapi.state', render: (row) => <State row={row} />, width: 120 },
  {
    key: 'used',
    textKey: 'xapi.lastUsed',
    render: (row) => (row.lastUsedAt ? dateOf(row.lastUsedAt) : '—'),
    width: 120,
  },
  { key: 'created', textKey: 'xapi.createdOn', render: (row) => dateOf(row.createdAt), isSortable: true, width: 120 },
]

/** Keys of programs outside that write and read learning records. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [isIssuing, setIssuing] = useState(false)
  const issue = (
    <Button kind="primary" {...can('xapi.issue')} onClick={() => setIssuing(true)}>
      {t('xapi.issue')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('xapi.keys')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(credentialsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={[
          { key: 'search', label: t('xapi.name'), kind: 'text' },
          {
            key: 'state',
            label: t('xapi.state'),
            kind: 'choice',
            options: ['valid', 'ended'].map((value) => ({ value, label: t(`xapi.states.${value}`) })),
          },
        ]}
        lead={<p className="hint">{t('xapi.keysLead')}</p>}
        empty={<EmptyState title={t('xapi.noKeys')}>{t('xapi.noKeysLead')}</EmptyState>}
        primary={issue}
        drawer={(row) => ({ title: row.name, body: <Whole row={row} /> })}
      />
      {isIssuing ? <IssueDialog onClose={() => setIssuing(false)} /> : null}
    </>
  )
}

function Rights({ row }: { row: XapiCredential }) {
  const { t } = useTranslation()
  return row.rights.map((right) => t(`xapi.rightNames.${right}`)).join('、')
}

const MB = 1024 * 1024
/** One figure after the point: a new key has brought little. */
function Kept({ row: { usedBytes, mostBytes } }: { row: XapiCredential }) {
  const { t } = useTranslation()
  const text = t('xapi.keptOf', { used: (usedBytes / MB).toFixed(1), most: Math.floor(mostBytes / MB) })
  return usedBytes < mostBytes * NEARLY ? text : <Lamp state="warn">{text}</Lamp>
}
const NEARLY = 0.9

const isOver = ({ endedAt, untilOn }: XapiCredential): boolean =>
  endedAt !== null || (untilOn !== null && untilOn < dateOf(Date.now()))

function State({ row }: { row: XapiCredential }) {
  const { t } = useTranslation()
  return isOver(row) ? (
    <Lamp state="idle">{t('xapi.states.ended')}</Lamp>
  ) : (
    <Lamp state="ok">{t('xapi.states.valid')}</Lamp>
  )
}

function Whole({ row }: { row: XapiCredential }) {
  const { t } = useTranslation()
  const can = useCan()
  const [isEnding, setEnding] = useState(false)
  const ending = useWrite(endXapiCredential, {
    refreshes: [XAPI],
    onDone: () => {
      setEnding(false)
      say(t('xapi.ended', { name: row.name }))
    },
  })
  return (
    <>
      <Facts
        facts={[
          { label: t('xapi.key'), value: <code className="xapi-key">{row.key}</code> },
          { label: t('xapi.purpose'), value: row.purpose },
          { label: t('xapi.rights'), value: <Rights row={row} /> },
          { label: t('xapi.organisation'), value: row.orgName },
          { label: t('xapi.perMinute'), value: row.mostPerMinute },
          { label: t('xapi.kept'), value: <Kept row={row} /> },
          { label: t('xapi.createdBy'), value: row.createdByName },
          { label: t('xapi.until'), value: row.untilOn ?? t('xapi.noEnd') },
          ...(row.endReason ? [{ label: t('xapi.endReason'), value: row.endReason }] : []),
        ]}
      />
      <div className="page-acts">
        <Button
          kind="danger"
          whyNot={row.endedAt === null ? can('xapi.issue').whyNot : t('xapi.endedAlready')}
          onClick={() => setEnding(true)}
        >
          {t('xapi.end')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        title={t('xapi.endTitle', { name: row.name })}
        verb={t('xapi.end')}
        isDanger
        reasonLabel={t('xapi.endReason')}
        isBusy={ending.isPending}
        error={ending.error}
        onConfirm={(reason) => ending.mutate({ params: { id: row.id }, body: { reason } })}
      >
        {t('xapi.endWhat')}
      </ConfirmDialog>
    </>
  )
}
