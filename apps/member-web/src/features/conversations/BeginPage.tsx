import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { findPartners, inviteToTeam, makeTeam, openPair, type PersonFound } from '@tongxin/contract/conversations.own'
import { MOST_TEAM } from '@tongxin/contract/conversations.words'
import { Button, EmptyState, ErrorState, RefusalText, Skeleton, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import './conversations.css'

/** Whom I want to talk to: one person, or several as a team; `?team=` invites into one that is there. */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const team = search.team ?? ''
  const [chosen, setChosen] = useState<readonly PersonFound[]>([])
  const [name, setName] = useState('')
  const options = {
    refreshes: [['conversations']],
    onDone: ({ id }: { id: string }) => void router.navigate({ to: paths.talks.one(id), replace: true }),
  }
  const pair = useWrite(openPair, options)
  const make = useWrite(makeTeam, options)
  const invite = useWrite(inviteToTeam, options)
  const personIds = chosen.map(({ personId }) => personId)
  const isTeam = team !== '' || chosen.length > 1
  const go = () => {
    if (team) return invite.mutate({ params: { id: team }, body: { personIds } })
    if (isTeam) return make.mutate({ body: { name, personIds } })
    pair.mutate({ body: { personId: personIds[0] ?? '' } })
  }
  const needsName = team === '' && isTeam && name.trim().length < 2
  const whyNot =
    chosen.length === 0 ? t('conversations.chooseFirst') : needsName ? t('conversations.nameFirst') : undefined
  return (
    <PageFrame
      title={t(team ? 'conversations.invite' : 'conversations.begin')}
      primary={
        <Button
          wide
          kind="primary"
          isBusy={pair.isPending || make.isPending || invite.isPending}
          whyNot={whyNot}
          onClick={go}
        >
          {t(team ? 'conversations.inviteThese' : isTeam ? 'conversations.makeTeam' : 'conversations.talk')}
        </Button>
      }
    >
      <p className="hint">{t('conversations.beginHelp', { most: MOST_TEAM })}</p>
      {isTeam && team === '' ? (
        <TextInput label={t('conversations.teamName')} required maxLength={30} value={name} onChange={setName} />
      ) : null}
      <RefusalText error={pair.error ?? make.error ?? invite.error} />
      <Choose chosen={chosen} onChange={setChosen} />
    </PageFrame>
  )
}

function Choose(props: { chosen: readonly PersonFound[]; onChange: (chosen: readonly PersonFound[]) => void }) {
  const { t } = useTranslation()
  const { chosen, onChange } = props
  const [text, setText] = useState('')
  const query = useQuery({
    queryKey: ['conversations', 'partners', text.trim()],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(findPartners, { body: text.trim() ? { text: text.trim() } : {}, signal }),
  })
  const isChosen = (one: PersonFound) => chosen.some(({ personId }) => personId === one.personId)
  const shown = [...chosen, ...(query.data?.rows ?? []).filter((one) => !isChosen(one))]
  const turn = (one: PersonFound) =>
    onChange(isChosen(one) ? chosen.filter(({ personId }) => personId !== one.personId) : [...chosen, one])
  return (
    <section className="card">
      <TextInput label={t('conversations.name')} value={text} onChange={setText} />
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && shown.length === 0 ? <EmptyState title={t('conversations.nobody')} /> : null}
      <ul className="talk-people">
        {shown.map((one) => (
          <li key={one.personId}>
            <label className="talk-person talk-check">
              <input type="checkbox" checked={isChosen(one)} onChange={() => turn(one)} />
              <span>
                <strong>{one.name}</strong> <span className="hint">{one.unitName}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  )
}
