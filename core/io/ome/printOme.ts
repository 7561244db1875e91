import type { Calibration, Objective } from '#core/image/Calibration';
import type { StackShape, ValueMapping } from '#core/image/ImageStack';
import type { PixelType } from '#core/image/PixelType';
import { AXIAL_ANNOTATION_NAMESPACE } from './OmeDocument';
import { escapeXml, printAttributes } from './escapeXml';

/** What goes into the OME-XML of one stack. */
export interface OmeToPrint {
  readonly name: string;
  /** Shape (t, c, z, y, x). */
  readonly shape: StackShape;
  readonly pixelType: PixelType;
  readonly calibration: Calibration;
  /** Version of the program that writes. */
  readonly version: string;
  /** The macro that made the stack; `null` leaves it out. */
  readonly historyText: string | null;
  readonly valueMapping: ValueMapping | null;
  /** What whoever opens the file should know of its pixels, one sentence each. */
  readonly notes: readonly string[];
  /** SHA-256 of the samples, little-endian, planes in the order t, c, z. */
  readonly pixelSha256: string | null;
}

const OME_TYPES = { uint8: 'uint8', uint16: 'uint16', float32: 'float' } as const;
const SCHEMA = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';

/** The medium whose refractive index lies nearest, in the words of the schema. */
function immersionOf(index: number): string {
  if (Math.abs(index - 1.518) <= 0.01) return 'Oil';
  if (Math.abs(index - 1.333) <= 0.01) return 'Water';
  if (Math.abs(index - 1.47) <= 0.01) return 'Glycerol';
  return Math.abs(index - 1) <= 0.01 ? 'Air' : 'Other';
}

function printObjective(objective: Objective): { instrument: string; settings: string } {
  const { numericalAperture, magnification, immersionIndex } = objective;
  if (numericalAperture === null && magnification === null && immersionIndex === null) {
    return { instrument: '', settings: '' };
  }
  const attributes = printAttributes({
    ID: 'Objective:0',
    Immersion: immersionIndex === null ? null : immersionOf(immersionIndex),
    LensNA: numericalAperture,
    NominalMagnification: magnification,
  });
  const index = printAttributes({ ID: 'Objective:0', RefractiveIndex: immersionIndex });
  return {
    instrument: `<Instrument ID="Instrument:0"><Objective${attributes}/></Instrument>`,
    settings: `<InstrumentRef ID="Instrument:0"/><ObjectiveSettings${index}/>`,
  };
}

/** Lengths need no unit attribute: the schema means micrometres, nanometres (wavelengths) and seconds. */
function printPixelAttributes({ shape, pixelType, calibration }: OmeToPrint): string {
  return printAttributes({
    ID: 'Pixels:0',
    DimensionOrder: 'XYZCT',
    Type: OME_TYPES[pixelType],
    SizeX: shape.x,
    SizeY: shape.y,
    SizeZ: shape.z,
    SizeC: shape.c,
    SizeT: shape.t,
    PhysicalSizeX: calibration.pixelSizeUm.x,
    PhysicalSizeY: calibration.pixelSizeUm.y,
    PhysicalSizeZ: calibration.pixelSizeUm.z,
    TimeIncrement: calibration.timeStepS,
  });
}

function printChannels({ shape, calibration }: OmeToPrint): string {
  return Array.from({ length: shape.c }, (_, c) => {
    const channel = calibration.channels[c];
    const attributes = printAttributes({
      ID: `Channel:0:${c}`,
      Name: channel?.name ?? null,
      SamplesPerPixel: 1,
      ExcitationWavelength: channel?.excitationNm ?? null,
      EmissionWavelength: channel?.emissionNm ?? null,
      PinholeSize: channel?.pinholeUm ?? null,
    });
    return `<Channel${attributes}/>`;
  }).join('');
}

/** Positions of all planes where z is not uniform; the schema's default unit would be no length. */
function printPlanes({ shape, calibration }: OmeToPrint): string {
  const positions = calibration.zPositionsUm;
  if (positions === null) return '';
  const planes: string[] = [];
  for (let t = 0; t < shape.t; t++) {
    for (let c = 0; c < shape.c; c++) {
      for (let z = 0; z < shape.z; z++) {
        const position = printAttributes({ PositionZ: positions[z] ?? null, PositionZUnit: 'µm' });
        planes.push(`<Plane TheZ="${z}" TheT="${t}" TheC="${c}"${position}/>`);
      }
    }
  }
  return planes.join('');
}

function printAnnotation(ome: OmeToPrint): string {
  const { version, historyText, valueMapping, notes, pixelSha256 } = ome;
  const history = historyText === null ? '' : `<History>${escapeXml(historyText)}</History>`;
  const mapping = valueMapping
    ? `<ValueMapping${printAttributes({ offset: valueMapping.offset, scale: valueMapping.scale })}/>`
    : '';
  const facts = notes.map((note) => `<Note>${escapeXml(note)}</Note>`).join('');
  const checksum =
    pixelSha256 === null ? '' : `<Pixels${printAttributes({ sha256: pixelSha256 })}/>`;
  const root = printAttributes({ xmlns: AXIAL_ANNOTATION_NAMESPACE, version });
  const head = printAttributes({ ID: 'Annotation:0', Namespace: AXIAL_ANNOTATION_NAMESPACE });
  return `<StructuredAnnotations><XMLAnnotation${head}><Value><Axial${root}>${history}${mapping}${facts}${checksum}</Axial></Value></XMLAnnotation></StructuredAnnotations>`;
}

/**
 * Prints OME-XML 2016-06 for a stack whose planes lie one to a page in the order t, c, z (z fastest).
 * The text is to be stored as UTF-8, and is ASCII where names and history are; what is `null` is left out.
 *
 * Source: Goldberg et al. 2005, doi:10.1186/gb-2005-6-5-r47; schema OME/2016-06.
 */
export function printOme(ome: OmeToPrint): string {
  const { shape } = ome;
  const { instrument, settings } = printObjective(ome.calibration.objective);
  const root = printAttributes({
    xmlns: SCHEMA,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${SCHEMA} ${SCHEMA}/ome.xsd`,
    Creator: `Axial ${ome.version}`,
  });
  const image = printAttributes({ ID: 'Image:0', Name: ome.name });
  const data = printAttributes({ IFD: 0, PlaneCount: shape.t * shape.c * shape.z });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OME${root}>${instrument}`,
    `<Image${image}>${settings}<Pixels${printPixelAttributes(ome)}>`,
    `${printChannels(ome)}<TiffData${data}/>${printPlanes(ome)}</Pixels>`,
    `<AnnotationRef ID="Annotation:0"/></Image>`,
    `${printAnnotation(ome)}</OME>`,
  ].join('');
}
