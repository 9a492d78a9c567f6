import type { ReactNode } from 'react';

/** Drawn here, on a grid of 16, so that the page needs no icon library. All are decoration: a word stands beside. */
function Icon({ children, size = '1em' }: { children: ReactNode; size?: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const HealthyIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.25" />
    <path d="m5.25 8.25 2 2 3.5-4" />
  </Icon>
);

export const WarningIcon = () => (
  <Icon>
    <path d="M8 1.75 15 14H1Z" fill="currentColor" />
    <path d="M8 6.25v3.5M8 11.9v.1" stroke="var(--v-bg)" strokeWidth="1.6" />
  </Icon>
);

export const ViolatedIcon = () => (
  <Icon>
    <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Z" fill="currentColor" strokeWidth="1" />
    <path d="m5.5 5.5 5 5m0-5-5 5" stroke="var(--v-bg)" strokeWidth="1.8" />
  </Icon>
);

export const NoDataIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />
    <path d="M6 8h4" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.75" />
    <path d="M8 1.25v1.5M8 13.25v1.5M1.25 8h1.5M13.25 8h1.5M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13.5 9.75A6 6 0 0 1 6.25 2.5a6 6 0 1 0 7.25 7.25Z" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.25" />
    <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8m0-8-8 8" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.25" />
    <path d="M10.5 3V2.5h-8v8H3" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="m3 8.5 3.5 3.5L13 4.5" />
  </Icon>
);

export const SignOutIcon = () => (
  <Icon>
    <path d="M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6" />
  </Icon>
);

export const FlaskIcon = () => (
  <Icon>
    <path d="M6 1.75h4M6.75 2v4L2.5 13c-.4.7 0 1.25.7 1.25h9.6c.7 0 1.1-.55.7-1.25L9.25 6V2M4.5 10.5h7" />
  </Icon>
);

export const SortIcon = () => (
  <Icon>
    <path d="M8 3v10m0 0 3.5-3.5M8 13 4.5 9.5" />
  </Icon>
);

export const Mark = () => (
  <svg aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="1.375rem" height="1.375rem">
    <path d="M12 22V11" stroke="currentColor" strokeWidth="2" strokeLinecap="round" fill="none" />
    <path d="M12 14C12 8.5 8.5 5.5 2.5 5.5 2.5 11.5 6 14 12 14Z" fill="currentColor" opacity=".55" />
    <path d="M12 10.5c0-5 3.5-8.5 9.5-8.5 0 6.5-3.5 8.5-9.5 8.5Z" fill="currentColor" />
  </svg>
);
