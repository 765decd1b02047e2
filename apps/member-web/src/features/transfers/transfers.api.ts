import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listOwnTransfers } from '@tongxin/contract/transfers.acts'

export const ownTransfersQuery = queryOptions({
  queryKey: ['transfers', 'own'],
  queryFn: ({ signal }) => call(listOwnTransfers, { signal }),
})

export const ALL_TRANSFERS = [['transfers'], ['deadlines']] as const
export const TRANSFER_EVENTS = [
  'transfers.issued',
  'transfers.received',
  'transfers.returned',
  'transfers.expired',
] as const
