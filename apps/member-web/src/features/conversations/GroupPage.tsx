import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { leaveTeam, muteConversation, renameTeam } from '@tongxin/contract/conversations.own'
import type { ConversationPerson, ConversationRecord } from '@tongxin/contract/conversations.words'
import { Button, ConfirmDialog, ErrorState, Lamp, RefusalText, Skeleton, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_TALKS, peopleQuery, talkQuery } from './conversations.api.ts'
import { PersonSheet } from './PersonSheet.tsx'
import { SummaryForm } from './SummaryForm.tsx'
import { useTalkName } from './words.ts'
import './conversations.css'

/** Who belongs, what I want to hear, and what whoever keeps it may do. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const nameOf = useTalkName()
  const query = useQuery(talkQuery(params.id ?? ''))
  return (
    <PageFrame title={query.data ? nameOf(query.data) : t('conversations.about')}>
      {query.isPending ? <Skeleton lines={6} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <About talk={query.data} /> : null}
    </PageFrame>
  )
}

function About({ talk }: { talk: ConversationRecord }) {
  const { t } = useTranslation()
  const mute = useWrite(muteConversation, { refreshes: ALL_TALKS })
  const isUnits = talk.kind === 'branch' || talk.kind === 'officers' || talk.kind === 'study'
  return (
    <>
      <section className="card">
        {isUnits ? <p>{t(`conversations.follows.${talk.kind}`)}</p> : null}
        <p className="hint">{t('conversations.privacy', { n: talk.keptDays })}</p>
        <div className="talk-acts">
          <Link className="tx-button" data-wide to={paths.talks.search(talk.id)}>
            {t('conversations.search')}
          </Link>
          <Button
            wide
            aria-pressed={talk.isMuted}
            isBusy={mute.isPending}
            onClick={() => mute.mutate({ params: { id: talk.id }, body: { isMuted: !talk.isMuted } })}
          >
            {t(talk.isMuted ? 'conversations.unmute' : 'conversations.mute')}
          </Button>
        </div>
        <RefusalText error={mute.error} />
      </section>
      <People talk={talk} />
      {talk.kind === 'team' && talk.state === 'open' ? <TeamActs talk={talk} /> : null}
      {talk.isKeeper ? <SummaryForm id={talk.id} /> : null}
    </>
  )
}

function People({ talk }: { talk: ConversationRecord }) {
  const { t } = useTranslation()
  const query = useQuery(peopleQuery(talk.id))
  const [chosen, setChosen] = useState<ConversationPerson | null>(null)
  const [text, setText] = useState('')
  if (query.isPending) return <Skeleton lines={4} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const found = query.data.filter(({ name }) => name.includes(text.trim()))
  return (
    <section className="card">
      <h2>{t('conversations.people', { count: query.data.length })}</h2>
      {query.data.length > 12 ? <TextInput label={t('conversations.name')} value={text} onChange={setText} /> : null}
      <ul className="talk-people">
        {found.slice(0, 200).map((person) => (
          <li key={person.personId}>
            <button type="button" className="talk-person" onClick={() => setChosen(person)}>
              <span className="talk-row-head">
                <strong>{person.isMe ? t('conversations.meNamed', { name: person.name }) : person.name}</strong>
                {person.isGuest ? <Lamp state="info">{t('conversations.guest')}</Lamp> : null}
                {person.isFounder ? <Lamp state="info">{t('conversations.founder')}</Lamp> : null}
                {person.silence ? <Lamp state="warn">{t('conversations.silenced')}</Lamp> : null}
              </span>
              <span className="hint">{person.unitName}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > 200 ? <p className="hint">{t('conversations.morePeople', { n: found.length - 200 })}</p> : null}
      {chosen && !chosen.isMe ? <PersonSheet person={chosen} talk={talk} onClose={() => setChosen(null)} /> : null}
    </section>
  )
}

function TeamActs({ talk }: { talk: ConversationRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const [isLeaving, setLeaving] = useState(false)
  const [name, setName] = useState(talk.name)
  const rename = useWrite(renameTeam, { refreshes: ALL_TALKS, onDone: () => say(t('conversations.renamed')) })
  const leave = useWrite(leaveTeam, {
    refreshes: [['conversations', 'list']],
    onDone: () => void router.navigate({ to: paths.talks.list(), replace: true }),
  })
  return (
    <section className="card">
      <Link className="tx-button" data-wide to={paths.talks.begin()} search={{ team: talk.id } as never}>
        {t('conversations.invite')}
      </Link>
      {talk.isKeeper ? (
        <>
          <TextInput label={t('conversations.teamName')} maxLength={30} value={name} onChange={setName} />
          <RefusalText error={rename.error} />
          <Button
            isBusy={rename.isPending}
            whyNot={name.trim().length > 1 ? undefined : t('conversations.fillFirst')}
            onClick={() => rename.mutate({ params: { id: talk.id }, body: { name } })}
          >
            {t('conversations.rename')}
          </Button>
        </>
      ) : null}
      <Button wide kind="danger" onClick={() => setLeaving(true)}>
        {t('conversations.leave')}
      </Button>
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title={t('conversations.leave')}
        verb={t('conversations.leave')}
        isDanger
        isBusy={leave.isPending}
        error={leave.error}
        onConfirm={() => leave.mutate({ params: { id: talk.id }, body: {} })}
      >
        {t(talk.isKeeper ? 'conversations.leaveEnds' : 'conversations.leaveWhat')}
      </ConfirmDialog>
    </section>
  )
}
