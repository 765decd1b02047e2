import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { giveKeys, giveSignatures, type VoteRecord } from '@tongxin/contract/voting'
import { Button, ConfirmDialog, EmptyState, Lamp, RefusalText, say } from '@tongxin/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilePick, saveText } from './FilePick.tsx'
import { ALL_VOTING, trusteePageQuery } from './voting.api.ts'
import { fileOf } from './voting.format.ts'

/** The trustees’ part: the offline page, the key made on it, the plan they sign, their signatures. */
export function KeysTab({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  return (
    <ol className="vote-steps">
      <li>
        <h2>{t('voting.keysPage')}</h2>
        <OfflinePage />
      </li>
      <li>
        <h2>{t('voting.keysMade')}</h2>
        {vote.trustees.length === 0 ? <GiveKeys vote={vote} /> : <Trustees vote={vote} />}
      </li>
      <li>
        <h2>{t('voting.keysSigned')}</h2>
        {vote.config === null ? (
          <p className="hint">{t('voting.keysFirst')}</p>
        ) : (
          <Sign vote={vote} config={vote.config} />
        )}
      </li>
    </ol>
  )
}

function OfflinePage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(trusteePageQuery)
  if (error)
    return (
      <EmptyState
        title={t('voting.pageMissing')}
        act={<Button onClick={() => void refetch()}>{t('ui.tryAgain')}</Button>}
      >
        {t('voting.pageMissingHint')}
      </EmptyState>
    )
  return (
    <>
      <p>{t('voting.keysPageHint')}</p>
      <a className="tx-button" href="/trustees.html" download="trustees.html">
        <Download size="1.1em" aria-hidden="true" />
        {t('voting.takePage')}
      </a>
      <p className="hint">{t('voting.pageSum')}</p>
      <code className="vote-code">{data ?? '…'}</code>
    </>
  )
}

type Keys = Parameters<ReturnType<typeof useWrite<typeof giveKeys>>['mutate']>[0]['body']

function GiveKeys({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const [keys, setKeys] = useState<Keys | null>(null)
  const [isWrong, setWrong] = useState(false)
  const give = useWrite(giveKeys, {
    refreshes: ALL_VOTING,
    onDone: () => {
      setKeys(null)
      say(t('voting.keysTaken'))
    },
  })
  if (!vote.can.key) return <p className="hint">{t('voting.keysNotYet')}</p>
  const take = (text: string) => {
    const file = fileOf(text, 'tongxin-ceremony-1')
    setWrong(file === null)
    if (file) {
      const { encryptionKey, trustees, threshold } = file as unknown as Keys
      setKeys({ encryptionKey, trustees, threshold })
    }
  }
  return (
    <>
      <p>{t('voting.keysMadeHint')}</p>
      <FilePick label={t('voting.keysFile')} onText={take} error={isWrong ? t('voting.wrongFile') : undefined} />
      <ConfirmDialog
        isOpen={keys !== null}
        onClose={() => setKeys(null)}
        title={t('voting.keysConfirm')}
        verb={t('voting.keysGive')}
        isBusy={give.isPending}
        error={give.error}
        onConfirm={() => keys && give.mutate({ params: { id: vote.id }, body: keys })}
      >
        <p>{t('voting.keysMeans')}</p>
        <ul>
          {(keys?.trustees ?? []).map((trustee) => (
            <li key={trustee.publicKey}>
              {trustee.duty} {trustee.name}
            </li>
          ))}
        </ul>
        <p>{t('voting.threshold', { t: keys?.threshold, n: keys?.trustees.length })}</p>
      </ConfirmDialog>
    </>
  )
}

function Trustees({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  return (
    <>
      <ul className="vote-trustees">
        {vote.trustees.map((trustee) => (
          <li key={trustee.publicKey}>
            {trustee.duty} <strong>{trustee.name}</strong>{' '}
            <Lamp state={trustee.signed ? 'ok' : 'idle'}>
              {t(trustee.signed ? 'voting.signed' : 'voting.notSigned')}
            </Lamp>
          </li>
        ))}
      </ul>
      <p className="hint">{t('voting.threshold', { t: vote.threshold, n: vote.trustees.length })}</p>
    </>
  )
}

function Sign({ vote, config }: { vote: VoteRecord; config: string }) {
  const { t } = useTranslation()
  const [isWrong, setWrong] = useState(false)
  const give = useWrite(giveSignatures, { refreshes: ALL_VOTING, onDone: () => say(t('voting.signatureTaken')) })
  const take = (text: string) => {
    const file = fileOf(text, 'tongxin-signature-1')
    setWrong(file === null)
    if (file)
      give.mutate({
        params: { id: vote.id },
        body: { signatures: [{ publicKey: String(file.publicKey), signature: String(file.signature) }] },
      })
  }
  return (
    <>
      <p>{t('voting.keysSignedHint')}</p>
      <Button onClick={() => saveText('config.json', config)} icon={<Download size="1.1em" aria-hidden="true" />}>
        {t('voting.takeConfig')}
      </Button>
      <p className="hint">{t('voting.electionId')}</p>
      <code className="vote-code">{vote.electionId}</code>
      <p className="vote-words">{vote.electionWords?.join(' ')}</p>
      <p className="hint">{t('voting.electionWordsHint')}</p>
      {vote.can.sign ? (
        <FilePick label={t('voting.signatureFile')} onText={take} error={isWrong ? t('voting.wrongFile') : undefined} />
      ) : null}
      <RefusalText error={give.error} />
    </>
  )
}
