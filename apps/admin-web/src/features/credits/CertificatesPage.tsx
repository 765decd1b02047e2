import { useQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  acceptCertificate,
  type CertificateRow,
  checkCertificate,
  returnCertificate,
} from '@tongxin/contract/credits.review'
import { CERTIFICATE_STATES, type CertificateState } from '@tongxin/contract/credits.words'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, ConfirmDialog, dateOf, EmptyState, type LampState, RefusalText, TextInput } from '@tongxin/ui'
import { FileBadge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { certificatesQuery } from './credits.api.ts'
import { useDone } from './parts.tsx'
import './credits.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(certificatesQuery(search))

const LAMPS: Readonly<Record<CertificateState, LampState>> = {
  submitted: 'warn',
  checked: 'warn',
  accepted: 'ok',
  returned: 'idle',
  withdrawn: 'idle',
}

const columns: Column<CertificateRow>[] = [
  { key: 'name', textKey: 'words.credits.columns.name', render: (row) => row.name, isSortable: true, width: 110 },
  { key: 'orgName', textKey: 'words.credits.columns.orgName', render: (row) => row.orgName },
  { key: 'title', textKey: 'credits.training', render: (row) => row.title },
  { key: 'heldOn', textKey: 'credits.heldOn', render: (row) => row.heldOn, width: 120 },
  {
    key: 'hours',
    textKey: 'words.credits.columns.earned',
    render: (row) => hoursText(row.accepted ?? row.claimed),
    isNumber: true,
    width: 100,
  },
  {
    key: 'submittedAt',
    textKey: 'credits.submittedAt',
    render: (row) => dateOf(row.submittedAt),
    isSortable: true,
    width: 120,
  },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('credits.nameOrTraining'), kind: 'text' },
    {
      key: 'state',
      label: t('credits.state'),
      kind: 'choice',
      options: CERTIFICATE_STATES.map((value) => ({ value, label: t(`words.credits.certificate.${value}`) })),
    },
    {
      key: 'waiting',
      label: t('credits.waiting'),
      kind: 'choice',
      options: [{ value: 'true', label: t('credits.waitingOnly') }],
    },
    { key: 'orgId', label: t('words.credits.columns.orgName'), kind: 'organisation' },
  ]
}

/** Certificates of trainings elsewhere: look at the picture, accept with hours, return with a reason. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('credits.certificates')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(certificatesQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={useFilters()}
      lamp={(row) => ({ state: LAMPS[row.state], word: t(`words.credits.certificate.${row.state}`) })}
      drawer={(row) => ({ title: row.title, body: <Review key={`${row.id}${row.state}`} row={row} /> })}
      empty={
        <EmptyState title={t('credits.noCertificates')} icon={<FileBadge aria-hidden="true" />}>
          {t('credits.noCertificatesHint')}
        </EmptyState>
      }
    />
  )
}

function Review({ row }: { row: CertificateRow }) {
  const { t } = useTranslation()
  const facts = [
    { label: t('words.credits.columns.name'), value: row.name },
    { label: t('credits.issuer'), value: row.issuer },
    { label: t('credits.heldOn'), value: row.heldOn },
    { label: t('credits.length'), value: `${row.amount} ${t(`words.credits.unit.${row.unit}`)}` },
    { label: t('credits.claimed'), value: hoursText(row.claimed) },
    ...(row.checkedBy ? [{ label: t('credits.checkedBy'), value: row.checkedBy }] : []),
    ...(row.acceptedBy ? [{ label: t('credits.acceptedBy'), value: row.acceptedBy }] : []),
    ...(row.reason ? [{ label: t('credits.reason'), value: row.reason }] : []),
  ]
  return (
    <div className="credits-glance">
      <Facts facts={facts} />
      <a href={`/api/v1/files/${row.fileId}/content`} target="_blank" rel="noreferrer">
        {t('credits.openFile', { name: row.fileName })}
      </a>
      {row.needsSecond ? <p className="hint">{t('credits.needsSecond')}</p> : null}
      {row.can.check ? <Check row={row} /> : null}
      {row.can.accept ? <Accept row={row} /> : null}
      {row.can.check || row.can.accept ? <SendBack row={row} /> : null}
    </div>
  )
}

function Check({ row }: { row: CertificateRow }) {
  const { t } = useTranslation()
  const [hours, setHours] = useState(hoursText(row.claimed))
  const save = useWrite(
    checkCertificate,
    useDone(() => {}, 'credits.checked'),
  )
  const hundredths = Math.round(Number(hours) * 100)
  const isReady = Number.isFinite(hundredths) && hundredths > 0
  return (
    <>
      <TextInput
        label={t('credits.acceptedHours')}
        required
        inputMode="decimal"
        maxLength={7}
        value={hours}
        onChange={setHours}
      />
      <RefusalText error={save.error} />
      <Button
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('credits.hoursFirst')}
        onClick={() => save.mutate({ params: { id: row.id }, body: { hundredths } })}
      >
        {t('credits.accept')}
      </Button>
    </>
  )
}

function Accept({ row }: { row: CertificateRow }) {
  const { t } = useTranslation()
  const save = useWrite(
    acceptCertificate,
    useDone(() => {}, 'credits.checked'),
  )
  return (
    <>
      <RefusalText error={save.error} />
      <Button kind="primary" isBusy={save.isPending} onClick={() => save.mutate({ params: { id: row.id }, body: {} })}>
        {t('credits.acceptSecond', { hours: hoursText(row.accepted ?? row.claimed) })}
      </Button>
    </>
  )
}

function SendBack({ row }: { row: CertificateRow }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(
    returnCertificate,
    useDone(() => setAsking(false), 'credits.sentBack'),
  )
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('credits.sendBack')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('credits.sendBackTitle', { title: row.title })}
        verb={t('credits.sendBack')}
        reasonLabel={t('credits.reason')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => save.mutate({ params: { id: row.id }, body: { reason } })}
      >
        {t('credits.sendBackLead')}
      </ConfirmDialog>
    </>
  )
}
