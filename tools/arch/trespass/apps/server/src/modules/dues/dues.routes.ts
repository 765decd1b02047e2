// routes-know-no-sql
import { listPayments } from './dues.queries.ts'

export const routes = [listPayments]
