import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { discardNotice, recallNotice, resendNotice } from '@tongxin/contract/notices.circulars'
import { Button, dateOf, EmptyState, Lamp, RefusalText, say, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { usePeopleWords } from '../../shared/AudienceFields.tsx'
import { Facts, RecordPage, type RecordTab } from '../../shared/pages/RecordPage.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { LevelLamp } from './InboxPage.tsx'
import { share, useStateLamp } from './NoticesPage.tsx'
import { ALL_NOTICES, noticeQuery, RECEIPTS } from './notices.api.ts'
import { ReceiptsTab } from './ReceiptsTab.tsx'
import type { Kept } from './record-draft.ts'
import { UnitsTab } from './UnitsTab.tsx'
import './notices.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(noticeQuery(params.id ?? ''))

const whenOf = (at: string) => `${dateOf(at)} ${timeOf(at)}`

/** One notice: its text and corrections, who has received it by unit and by person, and what may be done with it. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(RECEIPTS, ALL_NOTICES)
  const { data } = useSuspenseQuery(noticeQuery(params.id ?? ''))
  const { notice } = data
  const lamp = useStateLamp()(notice)
  const isOut = notice.sentAt !== null
  const tabs: RecordTab[] = [
    { key: 'text', label: t('notices.text'), body: <Text record={data} /> },
    ...(data.isOwn && isOut
      ? [
          {
            key: 'units',
            label: t('notices.byUnit'),
            body: <UnitsTab id={notice.id} needsConfirm={notice.needsConfirm} search={search} setSearch={setSearch} />,
          },
          {
            key: 'people',
            label: t('notices.byPerson'),
            body: <ReceiptsTab record={data} search={search} setSearch={setSearch} />,
          },
        ]
      : []),
    {
      key: 'corrections',
      label: t('notices.correctionsCount', { count: data.corrections.length }),
      body: <Corrections record={data} />,
    },
  ]
  return (
    <RecordPage
      trail={[{ label: t('notices.title'), path: paths.notices.list() }]}
      name={notice.title}
      state={
        <>
          <Lamp state={lamp.state}>{lamp.word}</Lamp> <LevelLamp level={notice.level} />
        </>
      }
      facts={[
        { label: t('notices.issuer'), value: [notice.orgName, notice.sentBy].filter(Boolean).join(' · ') },
        ...(notice.sentAt ? [{ label: t('notices.sentAt'), value: whenOf(notice.sentAt) }] : []),
        ...(notice.sendAt && !isOut ? [{ label: t('notices.sendAt'), value: whenOf(notice.sendAt) }] : []),
        { label: t('notices.readBy'), value: share(notice.read, notice.people) },
        ...(notice.needsConfirm
          ? [{ label: t('notices.confirmedBy'), value: share(notice.confirmed, notice.people) }]
          : []),
        ...(notice.answerKind === 'none'
          ? []
          : [{ label: t('notices.answeredBy'), value: share(notice.answered, notice.people) }]),
        ...(notice.confirmBy ? [{ label: t('notices.confirmBy'), value: whenOf(notice.confirmBy) }] : []),
        ...(notice.relayed > 0 ? [{ label: t('notices.relayedBy'), value: String(notice.relayed) }] : []),
        ...(data.recalledReason ? [{ label: t('notices.recalledReason'), value: data.recalledReason }] : []),
      ]}
      acts={<Acts record={data} />}
      tabs={tabs}
      search={search}
      setSearch={setSearch}
    />
  )
}

function Text({ record }: { record: Kept }) {
  const { t } = useTranslation()
  const peopleWords = usePeopleWords()
  const { targets, preface, fromAbove, body, files } = record
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join('、')
  const facts = [
    { label: t('notices.units'), value: names(targets.units) },
    { label: t('notices.kinds'), value: targets.units.length > 0 ? peopleWords(targets) : '' },
    { label: t('notices.people'), value: names(targets.members) },
    { label: t('notices.except'), value: names([...targets.exceptUnits, ...targets.exceptMembers]) },
    { label: t('notices.choices'), value: record.choices.join('、') },
  ].filter(({ value }) => value !== '')
  return (
    <div className="notice-page">
      {preface ? <p className="notice-text">{preface}</p> : null}
      {fromAbove ? (
        <blockquote className="notice-quoted">
          <p className="notice-text">{body}</p>
          <p className="hint">{t('notices.fromAboveBy', { org: fromAbove })}</p>
        </blockquote>
      ) : (
        <p className="notice-text">{body === '' ? t('notices.recalledText') : body}</p>
      )}
      {files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {record.isOwn ? <Facts facts={facts} /> : null}
    </div>
  )
}

function Corrections({ record: { corrections } }: { record: Kept }) {
  const { t } = useTranslation()
  if (corrections.length === 0)
    return <EmptyState title={t('notices.noCorrections')}>{t('notices.noCorrectionsHint')}</EmptyState>
  return (
    <div className="notice-page">
      {corrections.map((old) => (
        <section key={old.version} className="notice-quoted">
          <strong>{t('notices.version', { version: old.version })}</strong>
          <p className="hint">
            {[old.note, old.by, whenOf(old.at), old.asksAgain ? t('notices.askedAgain') : '']
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p>{old.title}</p>
          <p className="notice-text">{old.body}</p>
        </section>
      ))}
    </div>
  )
}

function Acts({ record }: { record: Kept }) {
  const { notice, isOwn } = record
  if (!isOwn) return notice.state === 'sent' ? <Relay id={notice.id} /> : null
  if (notice.state === 'sent') return <SentActs record={record} />
  return notice.state === 'recalled' ? null : <WaitingActs id={notice.id} />
}

function Relay({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Link className="tx-button" data-kind="primary" to={paths.notices.send()} search={{ relay: id } as never}>
      {t('notices.relay')}
    </Link>
  )
}

function SentActs({ record }: { record: Kept }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('notices.send')
  const [isCorrecting, setCorrecting] = useState(false)
  const { id, originated } = { id: record.notice.id, originated: record.fromAbove === null }
  const resend = useWrite(resendNotice, {
    refreshes: ALL_NOTICES,
    onDone: ({ people }) => say(t('notices.toldAgain', { count: people })),
  })
  const recall = useWrite(recallNotice, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.recalledNow')) })
  return (
    <>
      <Button
        kind="primary"
        whyNot={whyNot}
        isBusy={resend.isPending}
        onClick={() => resend.mutate({ params: { id }, body: {} })}
      >
        {t('notices.tellAgain')}
      </Button>
      {originated ? (
        <Button whyNot={whyNot} onClick={() => setCorrecting(true)}>
          {t('notices.correct')}
        </Button>
      ) : null}
      <AskedAct
        verb={t('notices.recall')}
        lead={t('notices.recallLead')}
        reasonLabel={t('notices.recalledReason')}
        isDanger
        whyNot={whyNot}
        save={recall}
        input={(reason) => ({ params: { id }, body: { reason } })}
      />
      <RefusalText error={resend.error} />
      {isCorrecting ? <CorrectDialog record={record} onClose={() => setCorrecting(false)} /> : null}
    </>
  )
}

function WaitingActs({ id }: { id: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const discard = useWrite(discardNotice, {
    refreshes: [['notices', 'sent']],
    onDone: () => {
      say(t('notices.discarded'))
      void navigate({ to: paths.notices.list() })
    },
  })
  return (
    <>
      <Link className="tx-button" data-kind="primary" to={paths.notices.send()} search={{ draft: id } as never}>
        {t('notices.edit')}
      </Link>
      <AskedAct
        verb={t('notices.discard')}
        lead={t('notices.discardLead')}
        isDanger
        save={discard}
        input={() => ({ params: { id } })}
      />
    </>
  )
}
