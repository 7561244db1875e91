import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Locale;
import loci.common.DebugTools;
import loci.common.services.ServiceFactory;
import loci.formats.FormatTools;
import loci.formats.ImageReader;
import loci.formats.meta.IMetadata;
import loci.formats.services.OMEXMLService;
import ome.units.UNITS;
import ome.units.quantity.Length;

/** Opens FILE with Bio-Formats, writes its samples to RAW (t, c, z, y, x) and prints JSON about it. */
public class OpenWithBioFormats {
    public static void main(String[] args) throws Exception {
        DebugTools.setRootLevel("ERROR");
        IMetadata metadata = new ServiceFactory().getInstance(OMEXMLService.class).createOMEXMLMetadata();
        try (ImageReader reader = new ImageReader()) {
            reader.setMetadataStore(metadata);
            reader.setId(args[0]);
            try (OutputStream raw = new BufferedOutputStream(new FileOutputStream(args[1]))) {
                for (int t = 0; t < reader.getSizeT(); t++)
                    for (int c = 0; c < reader.getSizeC(); c++)
                        for (int z = 0; z < reader.getSizeZ(); z++)
                            raw.write(littleEndian(reader, reader.openBytes(reader.getIndex(z, c, t))));
            }
            System.out.println(describe(reader, metadata, args[1]));
        }
    }

    private static byte[] littleEndian(ImageReader reader, byte[] bytes) {
        int size = FormatTools.getBytesPerPixel(reader.getPixelType());
        if (reader.isLittleEndian() || size == 1) return bytes;
        byte[] swapped = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) swapped[i] = bytes[i - i % size + size - 1 - i % size];
        return swapped;
    }

    private static String describe(ImageReader reader, IMetadata metadata, String raw) {
        String type = FormatTools.getPixelTypeString(reader.getPixelType());
        return String.format(
            Locale.ROOT,
            "{\"shape\":{\"t\":%d,\"c\":%d,\"z\":%d,\"y\":%d,\"x\":%d},\"pixelType\":\"%s\","
                + "\"pixelSizeUm\":{\"x\":%s,\"y\":%s,\"z\":%s},\"unit\":\"um\",\"channelNames\":[%s],\"raw\":%s}",
            reader.getSizeT(), reader.getSizeC(), reader.getSizeZ(), reader.getSizeY(), reader.getSizeX(),
            type.equals("float") ? "float32" : type,
            micrometres(metadata.getPixelsPhysicalSizeX(0)), micrometres(metadata.getPixelsPhysicalSizeY(0)),
            micrometres(metadata.getPixelsPhysicalSizeZ(0)), channelNames(metadata), quote(raw));
    }

    private static String micrometres(Length length) {
        return length == null ? "null" : String.valueOf(length.value(UNITS.MICROMETER).doubleValue());
    }

    private static String channelNames(IMetadata metadata) {
        StringBuilder names = new StringBuilder();
        for (int c = 0; c < metadata.getChannelCount(0); c++) {
            if (c > 0) names.append(',');
            names.append(quote(metadata.getChannelName(0, c)));
        }
        return names.toString();
    }

    private static String quote(String text) {
        return text == null ? "null" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
