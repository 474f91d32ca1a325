package dev.anyrate.demo.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// The figures as JSON for the drawing code of `report.js`, which finds the records' components by their names.
final class ChartData {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .addModule(new SimpleModule().addSerializer(new PlainNumber(Double.class)).addSerializer(new PlainNumber(double.class)))
      .build();

  private ChartData() {}

  /// An array of figures that may stand inside a script element: no `<` is left that could end it.
  static String of(List<Figure> figures) {
    try {
      return JSON.writeValueAsString(figures).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("report: a figure cannot be written as JSON", e);
    }
  }

  /// Numbers to six significant digits, more than a float holds or a screen shows; what is not finite becomes null.
  private static final class PlainNumber extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;
    private static final MathContext SIX_DIGITS = new MathContext(6);

    PlainNumber(Class<Double> type) {
      super(type);
    }

    @Override
    public void serialize(Double number, JsonGenerator json, SerializerProvider provider) throws IOException {
      if (Double.isFinite(number)) {
        json.writeNumber(new BigDecimal(number).round(SIX_DIGITS).doubleValue());
      } else {
        json.writeNull();
      }
    }
  }
}
