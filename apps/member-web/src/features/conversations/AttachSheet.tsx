import { useQuery } from '@tanstack/react-query'
import { Button, ErrorState, Sheet, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attached } from './Composer.tsx'
import { cardsQuery } from './conversations.api.ts'

type Props = { onSay: (said: Attached) => void; onClose: () => void }
type Kind = 'picture' | 'file' | 'vote' | 'notice'
const ACCEPTED = {
  picture: 'image/jpeg,image/png,image/webp',
  file: 'application/pdf,.docx,.xlsx,.pptx,image/*',
} as const

/** A picture or a file of the device, or one of my votes and notices as a card. */
export function AttachSheet({ onSay, onClose }: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>('picture')
  const kinds: readonly Kind[] = ['picture', 'file', 'vote', 'notice']
  const choose = (file: File | undefined) => {
    if (!file || (kind !== 'picture' && kind !== 'file')) return
    const purpose = kind === 'picture' ? 'photo' : 'document'
    onSay({ body: { kind }, file: { blob: file, name: file.name, purpose } })
  }
  return (
    <Sheet isOpen title={t('conversations.attach')} onClose={onClose}>
      <div className="talk-kinds">
        {kinds.map((one) => (
          <Button
            key={one}
            aria-pressed={one === kind}
            {...(one === kind ? { kind: 'primary' as const } : {})}
            onClick={() => setKind(one)}
          >
            {t(`conversations.kind.${one}`)}
          </Button>
        ))}
      </div>
      {kind === 'picture' || kind === 'file' ? (
        <label className="talk-pick">
          <span>{t(`conversations.pick.${kind}`)}</span>
          <input key={kind} type="file" accept={ACCEPTED[kind]} onChange={(event) => choose(event.target.files?.[0])} />
          <span className="hint">{t(`conversations.pickHelp.${kind}`)}</span>
        </label>
      ) : (
        <Cards kind={kind} onSay={onSay} />
      )}
    </Sheet>
  )
}

function Cards({ kind, onSay }: { kind: 'vote' | 'notice'; onSay: Props['onSay'] }) {
  const { t } = useTranslation()
  const query = useQuery(cardsQuery)
  if (query.isPending) return <Skeleton lines={4} />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const cards = query.data[kind]
  if (cards.length === 0) return <p className="hint">{t(`conversations.noCards.${kind}`)}</p>
  return (
    <ul className="talk-people">
      {cards.map(({ id, title }) => (
        <li key={id}>
          <button type="button" className="talk-person" onClick={() => onSay({ body: { kind, cardId: id } })}>
            <strong>{title}</strong>
          </button>
        </li>
      ))}
    </ul>
  )
}
