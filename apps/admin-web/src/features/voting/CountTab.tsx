import { useWrite } from '@tongxin/client/use-write'
import type { VoteRecord } from '@tongxin/contract/voting'
import { openBallots } from '@tongxin/contract/voting.count'
import { ConfirmDialog, Lamp, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilePick } from './FilePick.tsx'
import { HandCounts } from './HandCounts.tsx'
import { Opinions } from './Opinions.tsx'
import { ALL_VOTING } from './voting.api.ts'
import { fileOf } from './voting.format.ts'

/** Everything that makes the figures: the key of the trustees, the papers of the hall, written opinions. */
export function CountTab({ vote }: { vote: VoteRecord }) {
  return (
    <>
      {vote.secrecy === 'secret' && vote.channel !== 'paper' ? <OpenBox vote={vote} /> : null}
      {vote.channel === 'electronic' ? null : <HandCounts vote={vote} />}
      {vote.writtenOpinions ? <Opinions vote={vote} /> : null}
    </>
  )
}

/** The trustees' key opens the ballots; from then on it is public and anybody can count again. */
function OpenBox({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const [privateKey, setPrivateKey] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const open = useWrite(openBallots, {
    refreshes: ALL_VOTING,
    onDone: () => {
      setPrivateKey(null)
      say(t('voting.opened'))
    },
  })
  const take = (text: string) => {
    const file = fileOf(text, 'tongxin-election-key-1')
    setWrong(file === null)
    if (file) setPrivateKey(String(file.privateKey))
  }
  return (
    <section className="vote-part" aria-labelledby="open-box">
      <h2 id="open-box">{t('voting.openBox')}</h2>
      {vote.outcome ? (
        <Lamp state="ok">{t('voting.opened')}</Lamp>
      ) : vote.can.open ? (
        <>
          <p>{t('voting.openBoxHint', { t: vote.threshold, n: vote.trustees.length })}</p>
          <FilePick
            label={t('voting.electionKeyFile')}
            onText={take}
            error={isWrong ? t('voting.wrongFile') : undefined}
          />
        </>
      ) : (
        <p className="hint">{t('voting.openBoxLater')}</p>
      )}
      <ConfirmDialog
        isOpen={privateKey !== null}
        onClose={() => setPrivateKey(null)}
        title={t('voting.openBox')}
        verb={t('voting.openVerb')}
        isBusy={open.isPending}
        error={open.error}
        onConfirm={() => privateKey && open.mutate({ params: { id: vote.id }, body: { privateKey } })}
      >
        {t('voting.openBoxMeans')}
      </ConfirmDialog>
    </section>
  )
}
