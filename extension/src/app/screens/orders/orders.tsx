import type { z } from 'zod';
import * as revenue from '#shared/contracts/revenue.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t, wordOf } from '../../../ui/i18n.ts';
import { Money } from '../../../ui/money.tsx';
import type { Column } from '../../../ui/table.tsx';
import { PagedTable } from '../../paged-table.tsx';
import { href } from '../../router.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { usePages } from '../../use-pages.ts';

type Order = z.output<typeof revenue.order>;
const TONE = { paid: 'accent', unpaid: 'neutral', unmatched: 'fair' } as const;

export function Orders() {
  const transport = useTransport();
  const pages = usePages<Order>('orders', async (cursor) => {
    const answer = await transport.call(revenue.listOrders, { query: { pageSize: 100, ...(cursor === undefined ? {} : { cursor }) } });
    return { rows: answer.orders, nextCursor: answer.nextCursor };
  });
  return (
    <>
      <PageHead title={t('nav.orders')} note={t('orders.note')} />
      <section class="card card-flush">
        <PagedTable
          pages={pages}
          label={t('nav.orders')}
          rowKey={(order) => order.id}
          details={(order) => <Credits order={order} />}
          columns={orderColumns()}
          empty={
            <EmptyState
              icon="orders"
              title={t('orders.none')}
              text={t('orders.noneText')}
              action={
                <LinkButton look="primary" href={href('/connections')}>
                  {t('orders.connect')}
                </LinkButton>
              }
            />
          }
        />
      </section>
    </>
  );
}

function orderColumns(): Column<Order>[] {
  return [
    {
      id: 'name',
      header: t('orders.order'),
      grow: true,
      sortBy: (order) => order.name,
      cell: (order) => (
        <span class="row-2">
          <bdi class="strong">{order.name}</bdi>
          <bdi class="faint">{order.shop}</bdi>
        </span>
      ),
    },
    {
      id: 'at',
      header: t('orders.placed'),
      sortBy: (order) => order.placedAt,
      cell: (order) => <time dateTime={order.placedAt}>{fmt().instant(order.placedAt)}</time>,
    },
    {
      id: 'gross',
      header: t('orders.gross'),
      align: 'end',
      sortBy: (order) => order.grossMinor,
      cell: (order) => <Money minor={order.grossMinor} currency={order.currency} />,
    },
    {
      id: 'refunded',
      header: t('orders.refunded'),
      align: 'end',
      sortBy: (order) => order.refundedMinor,
      cell: (order) =>
        order.refundedMinor === 0 ? (
          <span class="faint">{fmt().money(0, order.currency)}</span>
        ) : (
          <Money minor={-order.refundedMinor} currency={order.currency} />
        ),
    },
    {
      id: 'net',
      header: t('orders.net'),
      align: 'end',
      sortBy: (order) => order.netMinor,
      cell: (order) => (
        <strong>
          <Money minor={order.netMinor} currency={order.currency} />
        </strong>
      ),
    },
    {
      id: 'credit',
      header: t('orders.credited'),
      cell: (order) => (
        <span class="row-1">
          {shares(order).map((share) => (
            <Chip key={share} tone={TONE[share]}>
              {t(`orders.share.${share}`)}
            </Chip>
          ))}
        </span>
      ),
    },
  ];
}

function shares(order: Order) {
  return (['paid', 'unpaid', 'unmatched'] as const).filter((share) => order.credits.some((credit) => credit.share === share));
}

/** Who was credited, on which day; the parts are the net, to the minor unit. */
function Credits({ order }: { order: Order }) {
  return (
    <div class="stack-2" style={{ maxInlineSize: '640px' }}>
      <p>{order.matchedBy === null ? t('orders.notMatched') : t('orders.matchedBy', { how: wordOf('matchedBy', order.matchedBy) })}</p>
      <ul class="credit-list">
        {order.credits.map((credit, i) => (
          <li key={i}>
            <Chip tone={TONE[credit.share]}>{t(`orders.share.${credit.share}`)}</Chip>
            <bdi class="clip">{credit.adName ?? credit.adId ?? t(`share.${credit.share}Long`)}</bdi>
            <span class="faint">{credit.day === null ? '' : fmt().day(credit.day)}</span>
            <Money minor={credit.amountMinor} currency={order.currency} />
          </li>
        ))}
        <li class="strong">
          <span>{t('orders.net')}</span>
          <span />
          <span />
          <Money minor={order.netMinor} currency={order.currency} />
        </li>
      </ul>
    </div>
  );
}
