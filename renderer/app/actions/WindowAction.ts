/** Something that the window does by itself; commands come from the engine. */
export interface WindowAction {
  readonly id: string;
  readonly title: string;
  /** Menu path, top level first. */
  readonly menu: readonly string[];
  readonly accelerator?: string;
  readonly separated?: boolean;
  readonly enabled?: () => boolean;
  /** For a switch: whether it is on. */
  readonly checked?: () => boolean;
  readonly run: () => unknown;
}

/** What acts on the pane that is shown; the application provides it. */
export interface PaneControls {
  zoomStep(direction: 1 | -1): void;
  originalSize(): void;
  fit(): void;
  stepPlane(planes: number): void;
}
