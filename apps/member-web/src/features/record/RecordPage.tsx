import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import type { MemberRecord } from '@tongxin/contract/members'
import { withdrawChange } from '@tongxin/contract/members.review'
import { type FieldGroup, MEMBER_FIELD_NAMES, MEMBER_FIELDS } from '@tongxin/domain/members/fields'
import { Button, EmptyState, Lamp, RefusalText, say } from '@tongxin/ui'
import { ChevronRight, Eye, IdCard, ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Entries } from './Entries.tsx'
import { PhotoCard } from './PhotoCard.tsx'
import { recordQuery } from './record.api.ts'
import { useFieldWords } from './use-field-words.ts'
import './record.css'

const GROUPS: readonly FieldGroup[] = ['identity', 'party', 'work', 'contact', 'circumstances']

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(recordQuery)

/** My record as the Party keeps it: every field, what is still missing, and the way to have it corrected. */
export function Page() {
  const { t } = useTranslation()
  const { data: record } = useSuspenseQuery(recordQuery)
  useLive(['members.corrected', 'members.photo_set', 'members.reviewed', 'members.proposed'], [['record']])
  if (record === null) {
    return (
      <PageFrame title={t('record.title')}>
        <EmptyState title={t('record.none')} icon={<IdCard aria-hidden="true" />}>
          {t('record.noneHint')}
        </EmptyState>
      </PageFrame>
    )
  }
  const correct = record.can.propose ? (
    <Link className="tx-button" data-kind="primary" data-wide="true" to={paths.record.correct()}>
      {t('record.correct')}
    </Link>
  ) : (
    <p className="hint">{t('record.notByMembers')}</p>
  )
  return (
    <PageFrame title={t('record.title')} lead={<p className="hint">{record.card.orgName}</p>} primary={correct}>
      <PhotoCard record={record} />
      <Completeness record={record} />
      {record.openChanges.map((change) => (
        <OpenChange key={change.id} change={change} />
      ))}
      {GROUPS.map((group) => (
        <Group key={group} group={group} record={record} />
      ))}
      <Entries record={record} />
      <Link className="card record-link" to={paths.record.portrait()}>
        <ScrollText aria-hidden="true" />
        {t('record.portrait')}
        <ChevronRight aria-hidden="true" />
      </Link>
      <Link className="card record-link" to={paths.record.looks()}>
        <Eye aria-hidden="true" />
        {t('record.looks')}
        <ChevronRight aria-hidden="true" />
      </Link>
    </PageFrame>
  )
}

function Completeness({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  const { labelOf } = useFieldWords()
  const missing = record.missing.slice(0, 3).map(labelOf).join(t('record.comma'))
  return (
    <section className="card">
      <p className="record-score">
        <strong>{record.card.completeness}%</strong> {t('record.complete')}
      </p>
      {missing ? (
        <p className="hint">{t('record.missing', { fields: missing, count: record.missing.length })}</p>
      ) : null}
    </section>
  )
}

function OpenChange({ change }: { change: MemberRecord['openChanges'][number] }) {
  const { t } = useTranslation()
  const withdraw = useWrite(withdrawChange, { refreshes: [['record']], onDone: () => say(t('record.withdrawn')) })
  const isOwnKind = change.kind === 'correction' || change.kind === 'photo'
  const mayWithdraw = isOwnKind && change.state === 'first_review'
  return (
    <section className="card record-change">
      <Lamp state={change.state === 'returned' ? 'warn' : 'info'}>
        {t(`words.members.changeKind.${change.kind}`)} · {t(`words.members.changeState.${change.state}`)}
      </Lamp>
      {mayWithdraw ? (
        <Button isBusy={withdraw.isPending} onClick={() => withdraw.mutate({ params: { id: change.id }, body: {} })}>
          {t('record.withdraw')}
        </Button>
      ) : null}
      <RefusalText error={withdraw.error} />
    </section>
  )
}

function Group({ group, record }: { group: FieldGroup; record: MemberRecord }) {
  const { t } = useTranslation()
  const { labelOf, valueOf } = useFieldWords()
  const filled = MEMBER_FIELD_NAMES.flatMap((field) => {
    const value = MEMBER_FIELDS[field].group === group ? record.fields[field] : null
    return value ? [{ field, value }] : []
  })
  if (filled.length === 0) return null
  return (
    <section className="card">
      <h2>{t(`record.group.${group}`)}</h2>
      <dl className="record-facts">
        {filled.map(({ field, value }) => (
          <div key={field}>
            <dt>{labelOf(field)}</dt>
            <dd>{valueOf(field, value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
