import { useQuery } from '@tanstack/react-query';

interface QrProps {
  readonly value: string;
  readonly label: string;
}

/** Modules of blank around the code that scanners want (ISO/IEC 18004). */
const quietModules = 4;

/** A QR code, drawn by the browser: what it holds never leaves the page. */
export function Qr({ value, label }: QrProps) {
  const made = useQuery({
    queryKey: ['qr', value],
    queryFn: async () => {
      const { create } = await import('qrcode');
      return create(value, { errorCorrectionLevel: 'M' }).modules;
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  if (made.data === undefined) return <div className="qr" aria-busy="true" />;
  const { size, data } = made.data;
  const side = size + 2 * quietModules;
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={darkModules(data, size)} fill="#000" />
    </svg>
  );
}

function darkModules(data: ArrayLike<number>, size: number): string {
  let path = '';
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] === 0) continue;
    path += `M${(at % size) + quietModules} ${Math.floor(at / size) + quietModules}h1v1h-1z`;
  }
  return path;
}
