import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { answerTopicProposalOfMine, endLecturing } from '@tongxin/contract/topics.own'
import type { LecturerState, TopicProposalShown, TopicProposalState } from '@tongxin/contract/topics.words'
import { Button, ConfirmDialog, Lamp, type LampState, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { OfferForm } from './OfferForm.tsx'
import { ALL_TOPICS, lecturingQuery } from './topics.api.ts'
import './topics.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(lecturingQuery)

const OFFERS: Readonly<Record<LecturerState, LampState>> = {
  submitted: 'warn',
  approved: 'ok',
  returned: 'late',
  ended: 'idle',
}
const LAMPS: Readonly<Record<TopicProposalState, LampState>> = {
  waiting: 'idle',
  proposed: 'warn',
  agreed: 'ok',
  scheduled: 'ok',
  taught: 'ok',
  declined: 'idle',
  lapsed: 'idle',
  no_show: 'late',
}

/** My offer to teach, and the lessons that are proposed to me. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(lecturingQuery)
  const { offer, proposals } = data
  return (
    <PageFrame title={t('topics.lecturing')}>
      <p className="hint">{t('topics.lecturingLead')}</p>
      {offer ? (
        <section className="card topic-card">
          <Lamp state={OFFERS[offer.state]}>{t(`words.topics.lecturer.${offer.state}`)}</Lamp>
          {offer.reason ? <p>{t('topics.reason', { reason: offer.reason })}</p> : null}
          {offer.state === 'ended' ? null : <End />}
        </section>
      ) : null}
      <h2>{t('topics.proposals')}</h2>
      {proposals.length === 0 ? <p className="hint">{t('topics.noProposals')}</p> : null}
      {proposals.map((one) => (
        <Proposal key={one.id} one={one} />
      ))}
      <OfferForm key={offer?.state ?? 'new'} offer={offer} tags={data.tags} />
    </PageFrame>
  )
}

function End() {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(endLecturing, {
    refreshes: ALL_TOPICS,
    onDone: () => {
      setAsking(false)
      say(t('topics.ended'))
    },
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('topics.endOffer')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('topics.endOffer')}
        verb={t('topics.endOffer')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={() => save.mutate({ body: {} })}
      >
        {t('topics.endQuestion')}
      </ConfirmDialog>
    </>
  )
}

function Proposal({ one }: { one: TopicProposalShown }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const save = useWrite(answerTopicProposalOfMine, {
    refreshes: ALL_TOPICS,
    onDone: () => {
      setAsking(false)
      say(t('topics.answered'))
    },
  })
  const isOpen = one.state === 'proposed' && !one.lecturerSaidYes
  return (
    <section className="card topic-card">
      <h2>{one.title}</h2>
      <Lamp state={LAMPS[one.state]}>{t(`words.topics.proposal.${one.state}`)}</Lamp>
      <p className="hint">
        {[one.onDate, t(`words.topics.part.${one.part}`), one.orgName, t(`words.topics.place.${one.place}`)].join(
          ' · ',
        )}
      </p>
      {one.reasons ? (
        <p>{t('topics.reasons', { supporters: one.reasons.supporters, tags: one.reasons.sharedTags.join('、') })}</p>
      ) : null}
      {one.state === 'proposed' && one.lecturerSaidYes ? <p className="hint">{t('topics.waitUnit')}</p> : null}
      <RefusalText error={save.error} />
      {isOpen ? (
        <div className="topic-acts">
          <Button
            kind="primary"
            isBusy={save.isPending}
            onClick={() => save.mutate({ params: { id: one.id }, body: { isAccepted: true } })}
          >
            {t('topics.yes')}
          </Button>
          <Button onClick={() => setAsking(true)}>{t('topics.no')}</Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('topics.no')}
        verb={t('topics.no')}
        reasonLabel={t('topics.noReason')}
        isBusy={save.isPending}
        error={save.error}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => save.mutate({ params: { id: one.id }, body: { isAccepted: false, reason } })}
      >
        {t('topics.noQuestion')}
      </ConfirmDialog>
    </section>
  )
}
