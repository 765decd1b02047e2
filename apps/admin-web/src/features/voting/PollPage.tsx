import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { changePoll, makePoll, type VoteRecord } from '@tongxin/contract/voting'
import { CHANNELS, SECRECIES } from '@tongxin/contract/voting.words'
import { ErrorState, Select, Skeleton, say, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { bodyOf, NEW_POLL, type PollDraft, wantingIn } from './poll.ts'
import { QuestionsEditor } from './QuestionsEditor.tsx'
import { ALL_VOTING, voteQuery } from './voting.api.ts'
import './voting.css'

/** A new poll, or one of which nothing is frozen yet. */
export function Page({ params }: ScreenProps) {
  return params.id ? <Change id={params.id} /> : <PollForm name="voting.poll" start={NEW_POLL} />
}

function Change({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(voteQuery(id))
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={10} />
  return <PollForm name={`voting.poll.${id}`} start={draftOf(data)} vote={data} />
}

function draftOf(vote: VoteRecord): PollDraft {
  const percent = (value: number | null) => (value === null ? '' : String(value))
  return {
    ...NEW_POLL,
    orgId: vote.orgId,
    title: vote.title,
    secrecy: vote.secrecy,
    channel: vote.channel,
    changeable: vote.changeable,
    quorumPercent: vote.rule.kind === 'poll' ? percent(vote.rule.quorumPercent) : '',
    sharePercent: vote.rule.kind === 'poll' ? percent(vote.rule.sharePercent) : '',
    questions: vote.questions.map((question) => ({
      kind: question.kind,
      title: question.title,
      options: question.options.map(({ label }) => label).join('\n'),
      seats: String(question.seats),
    })),
  }
}

function usePollForm(name: string, start: PollDraft, vote: VoteRecord | undefined) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kept = useDraft<PollDraft>(name, start)
  const done = {
    refreshes: ALL_VOTING,
    onDone: ({ id }: { id: string }) => {
      kept.discard()
      say(t('voting.saved'))
      void navigate({ to: paths.voting.one(id) })
    },
  }
  const make = useWrite(makePoll, done)
  const change = useWrite(changePoll, done)
  const submit = () => {
    const { values } = kept
    const body = bodyOf(values)
    if (vote) change.mutate({ params: { id: vote.id }, body, ifMatch: vote.version })
    else
      make.mutate({
        body: { ...body, orgId: values.orgId, electorate: values.electorate, probationary: values.probationary },
      })
  }
  return { ...kept, submit, isBusy: make.isPending || change.isPending, error: make.error ?? change.error }
}

function PollForm(props: { name: string; start: PollDraft; vote?: VoteRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const { whyNot } = useCan()('voting.hold')
  const form = usePollForm(props.name, props.start, props.vote)
  const { values, change } = form
  const wanting = wantingIn(values)
  const at = useFieldErrors(form.error)
  return (
    <FormPage
      title={t(props.vote ? 'voting.changePoll' : 'voting.make')}
      lead={<p className="hint">{t('voting.makeLead')}</p>}
      verb={t(props.vote ? 'voting.save' : 'voting.makeVerb')}
      onSubmit={form.submit}
      isBusy={form.isBusy}
      error={form.error}
      labels={{ '/body/title': t('voting.name'), '/body/questions': t('voting.questions') }}
      whyNot={whyNot ?? (wanting ? t(`voting.wanting.${wanting.key}`, { n: wanting.n }) : undefined)}
      savedAt={form.savedAt}
      onDiscard={form.discard}
      onBack={() => router.history.back()}
    >
      <TextInput
        label={t('voting.name')}
        required
        value={values.title}
        maxLength={200}
        onChange={(title) => change({ title })}
        error={at('/body/title')}
      />
      {props.vote ? null : <Electorate values={values} change={change} />}
      <Manner values={values} change={change} />
      <QuestionsEditor questions={values.questions} onChange={(questions) => change({ questions })} />
    </FormPage>
  )
}

type Part = { values: PollDraft; change: (values: Partial<PollDraft>) => void }

/** Who may vote: full members of the unit or of everything below it. */
function Electorate({ values, change }: Part) {
  const { t } = useTranslation()
  return (
    <>
      <OrgPicker label={t('voting.org')} required value={values.orgId} onChange={(orgId) => change({ orgId })} />
      <Select
        label={t('voting.electorate')}
        required
        value={values.electorate}
        onChange={(electorate) => change({ electorate: electorate || 'unit' })}
        options={(['unit', 'subtree'] as const).map((value) => ({ value, label: t(`voting.among.${value}`) }))}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={values.probationary}
          onChange={(event) => change({ probationary: event.target.checked })}
        />
        {t('voting.probationary')}
      </label>
    </>
  )
}

function Manner({ values, change }: Part) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('voting.secrecyLabel')}
        help={t(`voting.secrecyHelp.${values.secrecy}`)}
        required
        value={values.secrecy}
        onChange={(secrecy) => change({ secrecy: secrecy || 'secret' })}
        options={SECRECIES.map((value) => ({ value, label: t(`voting.secrecy.${value}`) }))}
      />
      {values.secrecy === 'named' ? (
        <label className="check">
          <input
            type="checkbox"
            checked={values.changeable}
            onChange={(event) => change({ changeable: event.target.checked })}
          />
          {t('voting.changeable')}
        </label>
      ) : null}
      <Select
        label={t('voting.channelLabel')}
        help={t(`voting.channelHelp.${values.channel}`)}
        required
        value={values.channel}
        onChange={(channel) => change({ channel: channel || 'electronic' })}
        options={CHANNELS.map((value) => ({ value, label: t(`voting.channel.${value}`) }))}
      />
      <div className="vote-two">
        <TextInput
          label={t('voting.quorum')}
          help={t('voting.quorumHelp')}
          inputMode="numeric"
          value={values.quorumPercent}
          onChange={(quorumPercent) => change({ quorumPercent: quorumPercent.trim() })}
        />
        <TextInput
          label={t('voting.share')}
          help={t('voting.shareHelp')}
          inputMode="numeric"
          value={values.sharePercent}
          onChange={(sharePercent) => change({ sharePercent: sharePercent.trim() })}
        />
      </div>
    </>
  )
}
