import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

/** Figures of which each tells its formula at its heading. */
export class InquiryPivotRenderer extends PivotRenderer {
    static template = "audiomania_routing.InquiryPivotRenderer";

    getFormula(cell) {
        return this.model.metaData.measures[cell.measure].help || "";
    }
}

registry.category("views").add("inquiry_pivot", {
    ...pivotView,
    Renderer: InquiryPivotRenderer,
});
