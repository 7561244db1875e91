import {
  Camera,
  DataTexture,
  DoubleSide,
  FloatType,
  GLSL3,
  LinearSRGBColorSpace,
  Mesh,
  NearestFilter,
  PlaneGeometry,
  RedFormat,
  RedIntegerFormat,
  Scene,
  ShaderMaterial,
  UnsignedByteType,
  UnsignedShortType,
  Vector2,
  WebGLRenderer,
} from 'three';
import type { PixelArray } from '#core/image/PixelType';
import { cropPixels } from '#core/image/cropPixels';
import { fragmentShader, VERTEX_SHADER } from './planeShader';
import type { Extent, ViewTransform } from './viewTransform';

/** A plane ready to be drawn; `pixels` is row-major (y, x). */
export interface DrawnPlane extends Extent {
  readonly pixels: PixelArray;
  /** Size of the full-resolution plane that these samples stand for. */
  readonly fullSize: Extent;
}

/** How values become grey: `min` is black, `max` white. */
export interface Appearance {
  readonly min: number;
  readonly max: number;
  readonly gamma: number;
  readonly smooth: boolean;
  readonly inverted: boolean;
}

/** This page has no WebGL 2, so no image can be drawn. */
export class NoWebGl2Error extends Error {}

interface Tile {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly texture: DataTexture;
}

function textureOf(pixels: PixelArray, { width, height }: Extent): DataTexture {
  const texture =
    pixels instanceof Uint16Array
      ? new DataTexture(pixels, width, height, RedIntegerFormat, UnsignedShortType)
      : pixels instanceof Uint8Array
        ? new DataTexture(pixels, width, height, RedFormat, UnsignedByteType)
        : new DataTexture(pixels, width, height, RedFormat, FloatType);
  if (pixels instanceof Uint16Array) texture.internalFormat = 'R16UI';
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.unpackAlignment = 1;
  texture.generateMipmaps = false;
  texture.needsUpdate = true;
  return texture;
}

function materialFor(integer: boolean): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX_SHADER,
    fragmentShader: fragmentShader(integer),
    // Rows run downwards, which turns the quad's back to the camera.
    side: DoubleSide,
    depthTest: false,
    depthWrite: false,
    uniforms: {
      plane: { value: null },
      sampleScale: { value: 1 },
      low: { value: 0 },
      high: { value: 1 },
      gamma: { value: 1 },
      smooth_: { value: false },
      inverted: { value: false },
      pixelsPerSample: { value: 1 },
      tileOrigin: { value: new Vector2() },
      tileSize: { value: new Vector2() },
      viewCentre: { value: new Vector2() },
      viewScale: { value: new Vector2() },
    },
  });
}

/** Draws one plane into one canvas. Knows pixels, windows and transforms; knows nothing of documents. */
export class PlaneRenderer {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new Camera();
  private readonly geometry = new PlaneGeometry(1, 1);
  private tiles: Tile[] = [];
  private plane: DrawnPlane | null = null;
  private pane: Extent = { width: 1, height: 1 };

  /** @throws NoWebGl2Error when the page cannot draw */
  constructor(canvas: HTMLCanvasElement, onContext: (lost: boolean) => void) {
    const context = canvas.getContext('webgl2', { antialias: false, alpha: false });
    if (!context) throw new NoWebGl2Error('WebGL 2 is not available.');
    this.renderer = new WebGLRenderer({ canvas, context });
    // Grey values are drawn as they are computed; a transfer curve would change what people see.
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.geometry.translate(0.5, 0.5, 0);
    canvas.addEventListener('webglcontextlost', () => {
      onContext(true);
    });
    canvas.addEventListener('webglcontextrestored', () => {
      // three.js uploads its textures again when it draws next.
      onContext(false);
    });
  }

  resize(pane: Extent, devicePixelRatio: number): void {
    this.pane = { width: Math.max(1, pane.width), height: Math.max(1, pane.height) };
    this.renderer.setPixelRatio(devicePixelRatio);
    this.renderer.setSize(this.pane.width, this.pane.height, false);
  }

  setPlane(plane: DrawnPlane | null): void {
    if (plane === this.plane) return;
    this.plane = plane;
    this.clearTiles();
    if (!plane) return;
    const limit = this.renderer.capabilities.maxTextureSize;
    for (let y = 0; y < plane.height; y += limit) {
      for (let x = 0; x < plane.width; x += limit) this.addTile(plane, x, y, limit);
    }
  }

  draw(view: ViewTransform, appearance: Appearance): void {
    const { plane, pane } = this;
    if (plane) {
      const level = plane.fullSize.width / plane.width;
      const bytes = plane.pixels instanceof Uint8Array;
      for (const { mesh, texture } of this.tiles) {
        const { uniforms } = mesh.material;
        const set = (name: string, value: unknown): void => {
          const uniform = uniforms[name];
          if (uniform) uniform.value = value;
        };
        set('plane', texture);
        set('sampleScale', bytes ? 255 : 1);
        set('low', appearance.min);
        set('high', appearance.max);
        set('gamma', appearance.gamma);
        set('smooth_', appearance.smooth);
        set('inverted', appearance.inverted);
        set('pixelsPerSample', view.zoom * level * this.renderer.getPixelRatio());
        set('viewCentre', new Vector2(view.centreX / level, view.centreY / level));
        set(
          'viewScale',
          new Vector2((2 * view.zoom * level) / pane.width, (2 * view.zoom * level) / pane.height),
        );
      }
    }
    this.renderer.render(this.scene, this.camera);
  }

  dispose(): void {
    this.clearTiles();
    this.geometry.dispose();
    this.renderer.dispose();
    // A browser allows few contexts at once; without this the oldest pane would go black.
    this.renderer.forceContextLoss();
  }

  private addTile(plane: DrawnPlane, x: number, y: number, limit: number): void {
    const width = Math.min(limit, plane.width - x);
    const height = Math.min(limit, plane.height - y);
    const whole = width === plane.width && height === plane.height;
    const pixels = whole ? plane.pixels : cropPixels(plane.pixels, plane, { x, y, width, height });
    const material = materialFor(pixels instanceof Uint16Array);
    material.uniforms['tileOrigin']?.value.set(x, y);
    material.uniforms['tileSize']?.value.set(width, height);
    const mesh = new Mesh(this.geometry, material);
    mesh.frustumCulled = false;
    this.scene.add(mesh);
    this.tiles.push({ mesh, texture: textureOf(pixels, { width, height }) });
  }

  private clearTiles(): void {
    for (const { mesh, texture } of this.tiles) {
      this.scene.remove(mesh);
      mesh.material.dispose();
      texture.dispose();
    }
    this.tiles = [];
  }
}
